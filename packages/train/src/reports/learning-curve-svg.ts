import type { EpochResult, Figures } from '../history.ts';
import { colors } from './colors.ts';
import { type Curve, linePanel } from './line-panel.ts';
import { type Drawing, group, titled } from './svg.ts';

/** Options of {@link learningCurveSvg}. */
export interface LearningCurveOptions {
  /** Default `'Learning curve'`. */
  readonly title?: string | undefined;
  /** A line of text under the title. Default: how long it took. */
  readonly subtitle?: string | undefined;
  /** What the data that {@link fit} evaluated on is called. Default `'validation'`. */
  readonly heldOut?: string | undefined;
  /** An epoch to mark, such as the one whose weights were kept. Default: none. */
  readonly best?: number | undefined;
}

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
  const panels = figureNames(history).map((name) => figurePanel(name, history, options, [360, 240]));
  let width = 0;
  const placed = panels.map((panel) => {
    const at = width;
    width += panel.width + 12;
    return group(at, 0, panel.body);
  });
  const height = Math.max(...panels.map((panel) => panel.height));
  return titled({ width, height, body: placed.join('\n') }, title, subtitle);
}

/** What has a curve: the loss, and each metric. */
export function figureNames(history: readonly EpochResult[]): string[] {
  return ['loss', ...Object.keys(history[0]?.train.metrics ?? {})];
}

/** The figure of a name; NaN where there is none. */
export function figureOf(name: string, figures: Figures | undefined): number {
  return (name === 'loss' ? figures?.loss : figures?.metrics[name]) ?? Number.NaN;
}

/** One figure over the epochs, of training and of held-out data. */
export function figurePanel(
  name: string,
  history: readonly EpochResult[],
  { heldOut = 'validation', best }: LearningCurveOptions,
  [width, height]: readonly [width: number, height: number],
): Drawing {
  const curve = (of: 'train' | 'validation', label: string, color: string): Curve => ({
    name: label,
    color,
    points: history.map((epoch) => [epoch.epoch, figureOf(name, epoch[of])]),
  });
  const held = history.some(({ validation }) => validation !== undefined);
  const curves = [curve('train', 'training', colors.blue), ...(held ? [curve('validation', heldOut, colors.orange)] : [])];
  const mark = best === undefined ? undefined : { x: best, words: `best: epoch ${best}` };
  return linePanel({ name, axis: 'epoch', curves, width, height, mark });
}
