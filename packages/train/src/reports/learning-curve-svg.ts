import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { EpochResult, Figures } from '../history.ts';
import { colors, element, group, header, margin, picture, text } from './svg.ts';

/** Options of {@link learningCurveSvg}. */
export interface LearningCurveOptions {
  /** Default `'Learning curve'`. */
  readonly title?: string | undefined;
  /** A line of text under the title. Default: how long it took. */
  readonly subtitle?: string | undefined;
  /** What the data that {@link fit} evaluated on is called. Default `'validation'`. */
  readonly heldOut?: string | undefined;
}

interface Series {
  readonly name: string;
  readonly color: string;
  /** One value an epoch. */
  readonly values: readonly number[];
}

const [panelWidth, panelHeight] = [360, 240];
/** Room for the numbers left of a panel, and for the names right of it. */
const [left, right] = [52, 84];

/**
 * Loss and metrics over the epochs as an SVG picture: one panel each, with a curve for training and one for validation data.
 *
 * @param history - as {@link fit} returns it
 * @returns the text of an SVG file
 * @example
 * const figures = { loss: 0.1, metrics: { accuracy: 0.97 } };
 * const epoch = { epoch: 1, lr: 0.001, steps: 938, samples: 60000, seconds: 8, train: figures, validation: undefined };
 * learningCurveSvg([epoch]).startsWith('<svg') // true
 */
export function learningCurveSvg(history: readonly EpochResult[], options: LearningCurveOptions = {}): string {
  const seconds = history.reduce((sum, epoch) => sum + epoch.seconds, 0);
  const { title = 'Learning curve', subtitle = `${history.length} epochs, ${seconds.toFixed(0)} s of training` } = options;
  const epochs = history.map(({ epoch }) => epoch);
  const panels = ['loss', ...Object.keys(history[0]?.train.metrics ?? {})].map((name) =>
    panel(name, epochs, seriesOf(name, history, options.heldOut ?? 'validation')),
  );
  const stride = left + panelWidth + right;
  const width = 2 * margin + panels.length * stride - margin;
  const placed = panels.map((drawn, i) => group(margin + left + i * stride, header + 22, drawn));
  return picture(width, header + panelHeight + 78, title, subtitle, ...placed);
}

function seriesOf(name: string, history: readonly EpochResult[], heldOut: string): Series[] {
  const of = ({ loss, metrics }: Figures): number => (name === 'loss' ? loss : metrics[name]);
  const training = { name: 'training', color: colors.blue, values: history.map(({ train }) => of(train)) };
  const held = history.flatMap(({ validation }) => (validation === undefined ? [] : [of(validation)]));
  return held.length < history.length ? [training] : [training, { name: heldOut, color: colors.orange, values: held }];
}

function panel(name: string, epochs: readonly number[], series: readonly Series[]): string {
  const values = series.flatMap((one) => one.values).filter(Number.isFinite);
  const x = scaleLinear([Math.min(1, ...epochs), Math.max(2, ...epochs)], [0, panelWidth]);
  const y = scaleLinear(spread(values), [panelHeight, 0]).nice(5);
  const format = y.tickFormat(5, /accuracy/i.test(name) ? '%' : undefined);
  const rows = y
    .ticks(5)
    .map((tick) => [
      element('line', { x2: panelWidth, y1: y(tick), y2: y(tick), stroke: colors.grid }),
      text(-10, y(tick) + 4, format(tick).replace('%', ' %'), { ...small, 'text-anchor': 'end' }),
    ]);
  const columns = x
    .ticks(Math.min(8, epochs.length))
    .filter(Number.isInteger)
    .map((tick) => text(x(tick), panelHeight + 20, String(tick), { ...small, 'text-anchor': 'middle' }));
  return [
    text(0, -14, name, { 'font-size': 13, 'font-weight': 600, fill: colors.ink }),
    ...rows.flat(),
    ...columns,
    text(panelWidth / 2, panelHeight + 40, 'epoch', { ...small, 'text-anchor': 'middle' }),
    ...series.map((one) => curve(one, epochs, x, y)),
    ...names(series, x(epochs.at(-1) ?? 1), y),
  ].join('\n');
}

type Scale = (value: number) => number;

const small = { 'font-size': 11.5, fill: colors.muted } as const;

function curve({ values, color }: Series, epochs: readonly number[], x: Scale, y: Scale): string {
  const points = values
    .map((value, i): [number, number] => [x(epochs[i]), y(value)])
    .filter((point) => point.every(Number.isFinite));
  const path = line().digits(2)(points) ?? '';
  const dots = points.map(([cx, cy]) => element('circle', { cx, cy, r: points.length > 30 ? 0 : 2.6, fill: color }));
  return element('path', { d: path, fill: 'none', stroke: color, 'stroke-width': 2, 'stroke-linejoin': 'round' }) + dots.join('');
}

/** The curves' names at their ends, pushed apart where they meet. */
function names(series: readonly Series[], end: number, y: Scale): string[] {
  const ends = series
    .map(({ name, color, values }) => ({ name, color, at: y(values.at(-1) ?? Number.NaN) }))
    .filter(({ at }) => Number.isFinite(at))
    .sort((a, b) => a.at - b.at);
  let lowest = -Infinity;
  return ends.map(({ name, color, at }) => {
    lowest = Math.max(at + 4, lowest + 15);
    return text(end + 10, lowest, name, { 'font-size': 12, 'font-weight': 600, fill: color });
  });
}

/** The range of the values, never empty. */
function spread(values: readonly number[]): [number, number] {
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? [low - 0.01, high + 0.01] : [low, high];
}
