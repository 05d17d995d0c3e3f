import { contourAreas, grid } from './field.ts';
import { region, start, surface, walk, walks } from './loss-surface.ts';
import { Plot } from './plot.ts';
import { colors, element, picture } from './svg.ts';

const [width, height] = [324, 250];
const [left, top] = [44, 106];

/** From the ground of the valley up, by factors of 1.6. */
const levels = Array.from({ length: 10 }, (_, i) => ({
  above: i === 0 ? 0 : 0.1 * 1.6 ** i,
  fill: `hsl(212 38% ${62 + 3.6 * i}%)`,
}));

/** The error of two weights as a map, and four walks on it. */
export async function lossSurfaceSvg(): Promise<string> {
  const heights = await surface();
  const lowest = grid(region)[heights.indexOf(Math.min(...heights))];
  const map = element('g', { id: 'loss-map' }, contourAreas(heights, region, [0, 0, width, height], levels));
  const panels = await Promise.all(
    walks.map(async (one, i) => {
      const box = [left + (i % 2) * (width + 52), top + Math.floor(i / 2) * (height + 62), width, height] as const;
      const { xs, ys } = region;
      const plot = new Plot({ title: one.title, box, xs, ys, xTicks: [-1, 0, 1, 2], yTicks: [-1, 0, 1, 2] });
      const { path } = await walk(one);
      const [x, y] = plot.at(lowest);
      return [
        element('use', { href: '#loss-map', x: box[0], y: box[1] }),
        plot.frame(),
        plot.line(path, '#a83200', { 'stroke-width': 1.4 }),
        plot.dots(path, '#a83200', { width: 5 }),
        plot.dots([start], colors.paper, { rim: colors.ink }),
        element('path', { d: `M${x - 6} ${y}h12M${x} ${y - 6}v12`, stroke: colors.ink, 'stroke-width': 1.8 }),
      ].join('');
    }),
  );
  return picture(
    left + 2 * (width + 52) - 28,
    top + 2 * (height + 62) - 20,
    'A loss surface, and ways down',
    'The mean squared error of a line by its two weights; a contour is a factor of 1.6; the cross is the lowest place',
    element('defs', {}, map),
    ...panels,
  );
}
