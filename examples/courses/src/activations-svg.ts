import type { ActivationCurve } from './activations.ts';
import { legend, type Place, Plot, paints } from './plot.ts';
import { picture } from './svg.ts';

const [width, height] = [184, 150];
const inRow = 4;

/** Activations, and their derivatives dashed. */
export function activationsSvg(curves: readonly ActivationCurve[]): string {
  const plots = curves.flatMap(({ name, xs, ys, slopes }, i) => {
    const plot = new Plot({
      title: name,
      box: [54 + (i % inRow) * (width + 40), 126 + Math.floor(i / inRow) * (height + 60), width, height],
      xs: [-4, 4],
      ys: [-1.2, 2.2],
      xTicks: [-4, -2, 0, 2, 4],
      yTicks: [-1, 0, 1, 2],
    });
    const curve = (values: readonly number[]): Place[] => xs.map((x, at): Place => [x, values[at]]).filter(([, y]) => y <= 2.2);
    const dashes = { 'stroke-dasharray': '5 4' };
    return [plot.frame(), plot.line(curve(ys), paints[0]), plot.line(curve(slopes), paints[1], dashes)];
  });
  const rows = Math.ceil(curves.length / inRow);
  return picture(
    54 + inRow * (width + 40) - 16,
    126 + rows * (height + 60) - 24,
    'Activations and their derivatives',
    'The derivatives come from reverse-mode differentiation',
    legend([54, 86], ['activation', 'derivative (dashed)']),
    ...plots,
  );
}
