import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { isShare } from '../callbacks/format-figures.ts';
import { colors } from './colors.ts';
import { element } from './markup.ts';
import { clip, type Drawing, group, text, widthOf } from './svg.ts';

/** A line through points; those that are not finite are left out. */
export interface Curve {
  /** Written at its end; undefined for a curve that another one's name speaks for. */
  readonly name: string | undefined;
  readonly color: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Of the line. Default 2. */
  readonly width?: number;
  /** As `stroke-dasharray`. Default: none. */
  readonly dash?: string | undefined;
}

/** What {@link linePanel} draws. */
export interface LinePanel {
  /** Of the heights. */
  readonly name: string;
  /** Of the places on the axis below. */
  readonly axis: string;
  readonly curves: readonly Curve[];
  /** Of the frame. */
  readonly width: number;
  readonly height: number;
  /** A place that is marked with a line and words. */
  readonly mark?: { readonly x: number; readonly words: string } | undefined;
  /** Whether heights are shown by their logarithm. Default `false`. */
  readonly log?: boolean | undefined;
  /** Whether heights are shares. Default: if the name says so. */
  readonly percents?: boolean | undefined;
}

/** Room for the name above the frame, and for its axis below. */
const [above, below] = [24, 44];

/** A frame with axes, and curves with their names at their ends. */
export function linePanel({
  name,
  axis,
  curves,
  width,
  height,
  mark,
  log = false,
  percents = isShare(name),
}: LinePanel): Drawing {
  const points = curves.flatMap((one) => one.points.filter((point) => point.every(Number.isFinite)));
  const places = points.map(([x]) => x);
  const x = scaleLinear([Math.min(1, ...places), Math.max(2, ...places)], [0, width]);
  const heights = points.map(([, y]) => y);
  const isLog = log && Math.min(...heights) > 0;
  const y = (isLog ? scaleLog() : scaleLinear()).domain(spread(heights)).range([height, 0]).nice(5);
  const format = y.tickFormat(5, percents ? '%' : isLog ? '~g' : undefined);
  const rows = y
    .ticks(5)
    .map((tick) => ({ at: y(tick), words: format(tick).replace('%', ' %') }))
    .filter(({ words }) => words !== '');
  const numbers = rows.map(({ at, words }) => [
    element('line', { x2: width, y1: at, y2: at, stroke: colors.grid }),
    text(-8, at + 4, words, { ...small, 'text-anchor': 'end' }),
  ]);
  const columns = x
    .ticks(Math.min(8, x.domain()[1] - x.domain()[0] + 1))
    .filter(Number.isInteger)
    .map((tick) => text(x(tick), height + 18, String(tick), { ...small, 'text-anchor': 'middle' }));
  const body = [
    text(0, -12, name, { 'font-size': 13, 'font-weight': 600, fill: colors.ink }),
    ...numbers.flat(),
    ...columns,
    text(width / 2, height + 36, axis, { ...small, 'text-anchor': 'middle' }),
    ...(mark === undefined
      ? []
      : [
          element('line', { x1: x(mark.x), x2: x(mark.x), y2: height, stroke: colors.muted, 'stroke-dasharray': '3 3' }),
          text(width, -12, mark.words, { ...small, 'text-anchor': 'end' }),
        ]),
    ...curves.map((one) => drawCurve(one, x, y)),
    ...names(curves, height, x, y),
  ].join('\n');
  const left = 14 + Math.max(32, ...rows.map(({ words }) => widthOf(words, 11.5)));
  const right = 16 + Math.max(70, ...curves.map((one) => widthOf(label(one), 12)));
  return { width: left + width + right, height: above + height + below, body: group(left, above, body) };
}

type Scale = (value: number) => number;

const small = { 'font-size': 11.5, fill: colors.muted } as const;

function drawCurve({ points, color, width = 2, dash }: Curve, x: Scale, y: Scale): string {
  const places = points
    .map((point): [number, number] => [x(point[0]), y(point[1])])
    .filter((place) => place.every(Number.isFinite));
  const path = line().digits(2)(places) ?? '';
  const dots = places.length > 30 ? [] : places.map(([cx, cy]) => element('circle', { cx, cy, r: width + 0.6, fill: color }));
  const style = { fill: 'none', stroke: color, 'stroke-width': width, 'stroke-linejoin': 'round', 'stroke-dasharray': dash };
  return element('path', { d: path, ...style }) + dots.join('');
}

/** The curves' names at their ends, pushed apart where they meet. */
function names(curves: readonly Curve[], bottom: number, x: Scale, y: Scale): string[] {
  const end = Math.max(...curves.flatMap(({ points }) => points.map((point) => x(point[0]))));
  const ends = curves
    .filter(({ name }) => name !== undefined)
    .map((curve) => ({ curve, at: y(curve.points.at(-1)?.[1] ?? Number.NaN) }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  const places = apart(
    ends.map(({ at }) => at + 4),
    bottom + 4,
  );
  return ends.map(({ curve }, i) => text(end + 10, places[i], label(curve), { ...bold, fill: curve.color }));
}

const bold = { 'font-size': 12, 'font-weight': 600 } as const;

/** Heights in rising order, pushed apart to where lines of text fit, and up from the bottom. */
function apart(heights: readonly number[], bottom: number): readonly number[] {
  const places: number[] = [];
  for (const height of heights) places.push(Math.max(height, (places.at(-1) ?? -Infinity) + 15));
  for (let i = places.length - 1, lowest = bottom; i >= 0; i--, lowest -= 15) places[i] = Math.min(places[i], lowest);
  return places;
}

function label({ name }: Curve): string {
  return clip(name ?? '', 24);
}

/** The range of the values, never empty. */
function spread(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0.1, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const around = Math.abs(low) / 10 || 0.01;
  return low === high ? [low - around, high + around] : [low, high];
}
