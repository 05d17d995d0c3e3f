import { tensor } from '@dl/tensor';
import { type Descent, type DescentOptions, descend } from './learning-rates.ts';
import { colors, element, picture, points } from './svg.ts';

const [width, height, gap] = [300, 200, 36];
const [left, top] = [24, 104];
const accent = '#d55e00';

/** Walks of gradient descent, two in a row: the function, and the steps on it, which fade in as they are taken. */
export async function learningRatesSvg(walks: readonly DescentOptions[]): Promise<string> {
  const panels = await Promise.all(walks.map(async (walk, i) => panel(await descend(walk), walk, i)));
  const rows = Math.ceil(walks.length / 2);
  return picture(
    2 * left + 2 * width + gap,
    top + rows * (height + 56),
    'Gradient descent and its rate',
    'Each dot is a step, from pale to dark',
    ...panels,
  );
}

async function panel({ title, xs, ys }: Descent, { fn, shown: [least, most] }: DescentOptions, i: number): Promise<string> {
  const [x0, y0] = [left + (i % 2) * (width + gap), top + Math.floor(i / 2) * (height + 56)];
  const across = Array.from({ length: 121 }, (_, k) => least + ((most - least) * k) / 120);
  const curve = fn(tensor(across));
  const heights = Array.from(await curve.data(), Number);
  curve.dispose();
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const place = (x: number, y: number): [number, number] => [
    x0 + ((x - least) / (most - least)) * width,
    y0 + 8 + ((high - y) / (high - low)) * (height - 16),
  ];
  const way = xs.map((x, k) => place(x, ys[k]));
  return element(
    'g',
    { 'aria-label': title },
    element('rect', { x: x0, y: y0, width, height, fill: 'none', stroke: colors.grid }),
    element('text', { x: x0, y: y0 - 10, 'font-size': 13.5, 'font-weight': 600, fill: colors.ink }, title),
    element('polyline', {
      points: points(across.map((x, k) => place(x, heights[k]))),
      fill: 'none',
      stroke: colors.muted,
      'stroke-width': 1.6,
    }),
    element('polyline', { points: points(way), fill: 'none', stroke: accent, 'stroke-width': 1, 'stroke-opacity': 0.5 }),
    ...way.map(([cx, cy], k) =>
      element('circle', { cx, cy, r: 4, fill: accent, 'fill-opacity': 0.25 + (0.75 * k) / way.length }),
    ),
  );
}
