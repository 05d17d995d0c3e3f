import { type Attributes, colors, element, points, round } from './svg.ts';

/** A place in the units of the axes. */
export type Place = readonly [x: number, y: number];

/** What a plot shows, and where. */
export interface PlotOptions {
  readonly title: string;
  /** Its frame, in pixels. */
  readonly box: readonly [left: number, top: number, width: number, height: number];
  readonly xs: readonly [least: number, most: number];
  readonly ys: readonly [least: number, most: number];
  /** Whether heights are shown by their logarithm. Default `false`. */
  readonly log?: boolean;
  readonly xTicks?: readonly number[];
  readonly yTicks?: readonly number[];
  readonly xLabel?: string;
}

/** Lines told apart by colour-blind eyes, in print and on screens (Okabe & Ito, 2008). */
export const paints = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#1c2430'] as const;

/** One frame of a picture, with axes and a title, that places are drawn into. */
export class Plot {
  readonly #options: PlotOptions;

  constructor(options: PlotOptions) {
    this.#options = options;
  }

  /** A place in pixels; what lies beyond the frame is moved to its edge. */
  at([x, y]: Place): [number, number] {
    const { box, xs, ys, log = false } = this.#options;
    const [left, top, width, height] = box;
    const across = share(x, xs);
    const up = log ? share(Math.log(y), [Math.log(ys[0]), Math.log(ys[1])]) : share(y, ys);
    return [left + across * width, top + (1 - up) * height];
  }

  /** The frame with its title, the ticks and their lines. */
  frame(): string {
    const { title, box, xs, ys, log = false, xTicks = [], yTicks = [], xLabel } = this.#options;
    const [x, y, width, height] = box;
    const bottom = y + height;
    const label = (words: string, attributes: Attributes): string =>
      element('text', { 'font-size': 11, fill: colors.muted, ...attributes }, words);
    const line = (from: Place, to: Place): string =>
      element('polyline', { points: points([this.at(from), this.at(to)]), stroke: colors.grid });
    return [
      ...xTicks.map((tick) => line([tick, ys[0]], [tick, ys[1]])),
      ...yTicks.map((tick) => line([xs[0], tick], [xs[1], tick])),
      element('rect', { x, y, width, height, fill: 'none', stroke: '#b6bdc9' }),
      element('text', { x, y: y - 9, 'font-size': 13.5, 'font-weight': 600, fill: colors.ink }, title),
      ...xTicks.map((tick) => label(String(tick), { x: this.at([tick, ys[0]])[0], y: bottom + 15, 'text-anchor': 'middle' })),
      ...yTicks.map((tick) =>
        label(log ? power(tick) : String(tick), { x: x - 6, y: this.at([xs[0], tick])[1] + 4, 'text-anchor': 'end' }),
      ),
      ...(xLabel === undefined ? [] : [label(xLabel, { x: x + width / 2, y: bottom + 32, 'text-anchor': 'middle' })]),
    ].join('');
  }

  /** A line through places. */
  line(places: readonly Place[], stroke: string, attributes: Attributes = {}): string {
    const line = { fill: 'none', stroke, 'stroke-width': 2, 'stroke-linejoin': 'round', ...attributes };
    return element('polyline', { points: points(places.map((place) => this.at(place))), ...line });
  }

  /** A dot on every place, with a rim: points without length whose round ends are seen, which takes a fraction of what circles take. */
  dots(places: readonly Place[], fill: string, { width = 6, rim = fill }: { width?: number; rim?: string } = {}): string {
    const d = places.map((place) => `M${this.at(place).map(round).join(' ')}h0`).join('');
    const dots = (stroke: string, across: number): string =>
      element('path', { d, stroke, 'stroke-width': across, 'stroke-linecap': 'round' });
    return (rim === fill ? '' : dots(rim, width + 1.6)) + dots(fill, width);
  }
}

/** The names of lines in one row, each after its colour. */
export function legend([x, y]: Place, names: readonly string[], colours: readonly string[] = paints): string {
  let left = x;
  return names
    .map((name, i) => {
      const mark = element('circle', { cx: left + 5, cy: y - 4, r: 5, fill: colours[i] });
      const words = element('text', { x: left + 15, y, 'font-size': 12.5, fill: colors.ink }, name);
      left += 36 + 6.6 * name.length;
      return mark + words;
    })
    .join('');
}

const share = (value: number, [least, most]: readonly [number, number]): number =>
  Math.min(1, Math.max(0, (value - least) / (most - least)));

const superscript = (value: number): string =>
  String(value)
    .replaceAll('-', '⁻')
    .replaceAll(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]);

const power = (value: number): string => (value === 1 ? '1' : `10${superscript(Math.round(Math.log10(value)))}`);
