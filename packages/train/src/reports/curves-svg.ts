import { isShare } from '../callbacks/format-figures.ts';
import type { EpochResult } from '../history.ts';
import { paint, paints } from './colors.ts';
import { figureOf } from './learning-curve-svg.ts';
import { type Curve, linePanel } from './line-panel.ts';
import { type Drawing, titled } from './svg.ts';

/** A training and what it is called. */
export interface NamedHistory {
  readonly name: string;
  /** As {@link fit} returns it; this much of each epoch is drawn. */
  readonly history: readonly Pick<EpochResult, 'epoch' | 'train' | 'validation'>[];
}

/** Options of {@link curvesSvg}. */
export interface CurvesOptions {
  /** The loss, or the name of a metric. Default `'loss'`. */
  readonly figure?: string | undefined;
  /** Whether to draw 1 minus the figure: the error that belongs to an accuracy. Default `false`. */
  readonly error?: boolean | undefined;
  /** Whether heights are shown by their logarithm. Default `false`. */
  readonly log?: boolean | undefined;
  /** Default: the name of what is drawn. */
  readonly title?: string | undefined;
  /** A line of text under the title. Default: what thin and bold lines are. */
  readonly subtitle?: string | undefined;
  /** What the data that {@link fit} evaluated on is called. Default `'validation'`. */
  readonly heldOut?: string | undefined;
}

/**
 * One figure of several trainings over the epochs as an SVG picture, a colour each: training thin and dashed, validation bold. This is how plain
 * and residual networks are compared.
 *
 * @returns the text of an SVG file
 * @example
 * const epoch = (number: number, accuracy: number) => {
 *   const figures = { loss: 1, metrics: { accuracy } };
 *   return { epoch: number, lr: 0.1, steps: 98, samples: 10000, seconds: 8, train: figures, validation: figures };
 * };
 * const runs = [
 *   { name: 'plain-20', history: [epoch(1, 0.4), epoch(2, 0.5)] },
 *   { name: 'resnet-20', history: [epoch(1, 0.5), epoch(2, 0.7)] },
 * ];
 * curvesSvg(runs, { figure: 'accuracy', error: true }).includes('resnet-20') // true
 * @see He et al., 2016, Deep residual learning for image recognition, figure 6
 */
export function curvesSvg(runs: readonly NamedHistory[], options: CurvesOptions = {}): string {
  const { heldOut = 'validation' } = options;
  const name = nameOf(options);
  const { title = `${name[0].toUpperCase()}${name.slice(1)}`, subtitle = `bold: ${heldOut}, thin and dashed: training` } =
    options;
  return titled(curvesPanel(runs, options, [560, 340]), title, subtitle);
}

/** The frame of {@link curvesSvg}. */
export function curvesPanel(
  runs: readonly NamedHistory[],
  options: CurvesOptions,
  [width, height]: readonly [width: number, height: number],
): Drawing {
  const { figure = 'loss', error = false, log } = options;
  const curves = runs.flatMap(({ name, history }, i): Curve[] => {
    const points = (of: 'train' | 'validation'): [number, number][] =>
      history.map((epoch) => [epoch.epoch, error ? 1 - figureOf(figure, epoch[of]) : figureOf(figure, epoch[of])]);
    const held = history.some(({ validation }) => validation !== undefined);
    const thin = { name: held ? undefined : name, color: paint(i), points: points('train'), width: 1.1, dash: '4 3' };
    return held
      ? [thin, { name, color: paint(i), points: points('validation'), width: 2.6, dash: i < paints ? undefined : '9 3' }]
      : [thin];
  });
  return linePanel({ name: nameOf(options), axis: 'epoch', curves, width, height, log, percents: isShare(figure) });
}

function nameOf({ figure = 'loss', error = false }: CurvesOptions): string {
  if (!error) return figure;
  return figure === 'accuracy' ? 'error' : `1 − ${figure}`;
}
