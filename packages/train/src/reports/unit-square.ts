import { scaleLinear } from 'd3-scale';
import type { Attributes } from './markup.ts';
import { colors, element, text } from './svg.ts';

/** The side of the square in pixels. */
export const side = 300;

/** Where a share lies on the axes: to the right, and upwards. */
export const across: (share: number) => number = scaleLinear([0, 1], [0, side]);
export const up: (share: number) => number = scaleLinear([0, 1], [side, 0]);

/** How small words are written. */
export const small: Attributes = { 'font-size': 11.5, fill: colors.muted };

/** A square from 0 to 1 with a grid, the names of its axes, and a dashed line between two corners. */
export function unitSquare(below: string, beside: string, diagonal: 'rising' | 'falling'): string[] {
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const [from, to] = diagonal === 'rising' ? [0, 1] : [1, 0];
  return [
    ...ticks.flatMap((tick) => [
      element('line', { x2: side, y1: up(tick), y2: up(tick), stroke: colors.grid }),
      element('line', { y2: side, x1: across(tick), x2: across(tick), stroke: colors.grid }),
      text(-10, up(tick) + 4, tick.toFixed(1), { ...small, 'text-anchor': 'end' }),
      text(across(tick), side + 18, tick.toFixed(1), { ...small, 'text-anchor': 'middle' }),
    ]),
    element('line', { y1: up(from), x2: side, y2: up(to), stroke: colors.muted, 'stroke-dasharray': '4 4' }),
    text(side / 2, side + 38, below, { ...small, 'text-anchor': 'middle' }),
    element(
      'g',
      { transform: `translate(-42 ${side / 2}) rotate(-90)` },
      text(0, 0, beside, { ...small, 'text-anchor': 'middle' }),
    ),
  ];
}
