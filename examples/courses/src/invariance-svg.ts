import { changes, movement, representations } from './invariance.ts';
import { legend, type Place, Plot, paints } from './plot.ts';
import { picture } from './svg.ts';

const [width, height, top] = [250, 190, 136];

/** How far representations of a digit move when it is shifted, grown and turned. */
export async function invarianceSvg(): Promise<string> {
  const plots = await Promise.all(
    changes.map(async (change, i) => {
      const { name, amounts } = change;
      const xs = [amounts[0], amounts[amounts.length - 1]] as const;
      const box = [54 + i * (width + 46), top, width, height] as const;
      const xTicks = [0, 0.25, 0.5, 0.75, 1].map((share) => xs[0] + share * (xs[1] - xs[0]));
      const plot = new Plot({ title: name, box, xs, ys: [0, 2], xTicks, yTicks: [0, 0.5, 1, 1.5, 2] });
      const lines = Object.values(representations).map(async (represent, at) => {
        const moved = await movement(change, represent);
        return plot.line(
          amounts.map((amount, k): Place => [amount, moved[k]]),
          paints[at],
          at === 3 ? { 'stroke-dasharray': '7 5' } : {},
        );
      });
      return [plot.frame(), ...(await Promise.all(lines))].join('');
    }),
  );
  return picture(
    54 + 3 * (width + 46) - 22,
    top + height + 40,
    'Sensitive and invariant representations',
    'How far a representation of a digit moves when the digit does, by its own length',
    legend([54, 92], Object.keys(representations)),
    ...plots,
  );
}
