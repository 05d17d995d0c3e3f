import type { Counts } from '../metrics/confusion-matrix.ts';
import { totalsOf } from './class-figures.ts';
import { confusionCells } from './confusion-cells.ts';
import { confusionShades } from './confusion-shades.ts';
import { clip, type Drawing, percent, titled } from './svg.ts';

/** Options of {@link confusionSvg}. */
export interface ConfusionOptions {
  /** What the classes are called. Default: their numbers. */
  readonly classNames?: readonly string[] | undefined;
  /** Default `'Confusion matrix'`. */
  readonly title?: string | undefined;
}

/**
 * A confusion matrix as an SVG picture: true classes as rows, predicted ones as columns. What is right is pale blue; what is wrong is the
 * more orange the more frequent, on a scale of its own. Recall stands right of each row, precision under each column. Of more than 24 classes the
 * squares are small and the counts left out.
 *
 * @param counts - as {@link ConfusionMatrix} computes them
 * @returns the text of an SVG file
 * @example
 * confusionSvg([[8, 2], [1, 9]], { classNames: ['cat', 'dog'] }).startsWith('<svg') // true
 */
export function confusionSvg(counts: Counts, options: ConfusionOptions = {}): string {
  const { title = 'Confusion matrix' } = options;
  return titled(confusionDrawing(counts, options.classNames), title, accuracyLine(counts));
}

/** `88.00 % of 25 right, 3 wrong`. */
export function accuracyLine(counts: Counts): string {
  const { total, hits } = totalsOf(counts);
  return `${percent(hits / total)} of ${total.toLocaleString('en-US')} right, ${(total - hits).toLocaleString('en-US')} wrong`;
}

/** The matrix of {@link confusionSvg}. */
export function confusionDrawing(counts: Counts, classNames: readonly string[] = []): Drawing {
  const names = counts.map((_, i) => clip(classNames[i] ?? String(i), 16));
  const draw = counts.length > 24 ? confusionShades : confusionCells;
  return draw(counts, names, mostWrong(counts));
}

/** The largest count off the diagonal, and at least 1. */
function mostWrong(counts: Counts): number {
  return counts.reduce((worst, row, i) => row.reduce((most, count, j) => (i === j ? most : Math.max(most, count)), worst), 1);
}
