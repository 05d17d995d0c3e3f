import { scaleLinear, scaleLog, scalePoint } from 'd3-scale';
import { colors, element, group, header, margin, picture, text } from '../reports/svg.ts';
import type { SearchResult, Trial } from './trial.ts';

/** Options of {@link searchSvg}. */
export interface SearchSvgOptions {
  /** Default `'Hyperparameters'`. */
  readonly title?: string | undefined;
  /** What the value is called. Default `'value'`. */
  readonly value?: string | undefined;
}

const [panelWidth, panelHeight, left, gap] = [220, 220, 58, 28];

const small = { 'font-size': 11.5, fill: colors.muted } as const;

/** Where a value of a hyperparameter stands, and which are written under the axis. */
interface Axis {
  readonly at: (value: unknown) => number;
  readonly ticks: readonly (readonly [place: number, words: string])[];
}

/**
 * The trials of a search as an SVG picture: the value over each hyperparameter, the best trial in orange. Trials with smaller budgets are paler.
 *
 * @param result - as {@link gridSearch} and its sisters return it
 * @returns the text of an SVG file
 * @example
 * const trial = { number: 1, parameters: { lr: 0.1 }, budget: 1, value: 0.5 };
 * searchSvg({ best: trial, trials: [trial] }).startsWith('<svg') // true
 */
export function searchSvg<P extends object>({ best, trials }: SearchResult<P>, options: SearchSvgOptions = {}): string {
  const { title = 'Hyperparameters', value: label = 'value' } = options;
  const shown = trials.filter(({ value }) => Number.isFinite(value));
  const y = heights(shown);
  const names = Object.keys(best.parameters);
  const panels = names.map((name, i) => {
    const axis = axisOf(shown.map((trial) => parameterOf(trial, name)));
    const place = [margin + left + i * (panelWidth + gap), header + 12] as const;
    return group(
      ...place,
      ...frame(name, axis, y, i === 0 ? label : undefined),
      ...shown.map((trial) => dot(trial, best, name, axis, y)).reverse(),
    );
  });
  const failed = trials.length - shown.length;
  const subtitle = `${trials.length} trials, best ${format(best.value)}${failed > 0 ? `; ${failed} without a finite value are not shown` : ''}`;
  const width = margin + left + Math.max(2, names.length) * (panelWidth + gap) + margin;
  return picture(width, header + panelHeight + 76, title, subtitle, ...panels);
}

interface Heights {
  (value: number): number;
  ticks(count: number): number[];
}

function heights(trials: readonly Trial<object>[]): Heights {
  const values = trials.map(({ value }) => value);
  const [low, high] = values.length === 0 ? [0, 1] : [Math.min(...values), Math.max(...values)];
  return scaleLinear(low === high ? [low - 0.01, high + 0.01] : [low, high], [panelHeight, 0]).nice(5);
}

function frame(name: string, { ticks }: Axis, y: Heights, label: string | undefined): string[] {
  return [
    ...y
      .ticks(5)
      .flatMap((tick) => [
        element('line', { x2: panelWidth, y1: y(tick), y2: y(tick), stroke: colors.grid }),
        ...(label === undefined ? [] : [text(-10, y(tick) + 4, format(tick), { ...small, 'text-anchor': 'end' })]),
      ]),
    ...ticks.map(([place, words]) => text(place, panelHeight + 18, words, { ...small, 'text-anchor': 'middle' })),
    text(panelWidth / 2, panelHeight + 40, name, {
      'font-size': 13,
      'font-weight': 600,
      fill: colors.ink,
      'text-anchor': 'middle',
    }),
    ...(label === undefined ? [] : [text(-left + 4, -8, label, small)]),
  ];
}

function dot<P extends object>(trial: Trial<P>, best: Trial<P>, name: string, { at }: Axis, y: Heights): string {
  const isBest = trial.number === best.number;
  return element('circle', {
    cx: at(parameterOf(trial, name)),
    cy: y(trial.value),
    r: isBest ? 5 : 3.5,
    fill: isBest ? colors.orange : colors.blue,
    'fill-opacity': isBest ? 1 : 0.25 + (0.55 * trial.budget) / best.budget,
  });
}

/** Numbers far apart stand by their logarithms, others as they are; what are no numbers stand side by side. */
function axisOf(values: readonly unknown[]): Axis {
  const numbers = values.filter((value) => typeof value === 'number');
  const distinct = [...new Set(values)];
  if (numbers.length < values.length || distinct.length < 2) {
    const scale = scalePoint(distinct.map(String), [0, panelWidth]).padding(0.5);
    const at = (value: unknown): number => scale(String(value)) ?? 0;
    return { at, ticks: distinct.map((value) => [at(value), typeof value === 'number' ? format(value) : String(value)]) };
  }
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const isLog = low > 0 && high / low >= 100;
  const scale = (isLog ? scaleLog() : scaleLinear()).domain([low, high]).range([8, panelWidth - 8]);
  const powers = Math.ceil(Math.log10(high / low) / 4);
  const ticks = isLog ? scale.ticks().filter((tick) => isPower(tick, powers)) : scale.ticks(4);
  return { at: (value) => scale(Number(value)), ticks: ticks.map((tick) => [scale(tick), format(tick)]) };
}

/** Whether it is ten to the power of a multiple of `every`. */
function isPower(tick: number, every: number): boolean {
  const power = Math.log10(tick);
  return Math.abs(power - Math.round(power)) < 1e-9 && Math.round(power) % every === 0;
}

function parameterOf(trial: Trial<object>, name: string): unknown {
  return Object.entries(trial.parameters).find(([key]) => key === name)?.[1];
}

/** Four digits, small numbers with an exponent. */
function format(value: number): string {
  const rounded = Number(value.toPrecision(4));
  return rounded !== 0 && Math.abs(rounded) < 1e-3 ? rounded.toExponential() : String(rounded);
}
