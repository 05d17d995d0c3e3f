import type { Counts } from '../metrics/confusion-matrix.ts';
import { colors, element, group, header, margin, mix, percent, picture, text } from './svg.ts';

/** Options of {@link confusionSvg}. */
export interface ConfusionOptions {
  /** What the classes are called. Default: their numbers. */
  readonly classNames?: readonly string[] | undefined;
  /** Default `'Confusion matrix'`. */
  readonly title?: string | undefined;
}

const cell = 46;
/** Room for the class names left of the matrix, for the recall right of it, and for the captions above and below. */
const [left, right, above, below] = [72, 84, 48, 52];

/**
 * A confusion matrix as an SVG picture: true classes as rows, predicted ones as columns. What is right is pale blue; what is wrong is the
 * more orange the more frequent, on a scale of its own. Recall stands right of each row, precision under each column.
 *
 * @param counts - as {@link ConfusionMatrix} computes them
 * @returns the text of an SVG file
 * @example
 * confusionSvg([[8, 2], [1, 9]], { classNames: ['cat', 'dog'] }).startsWith('<svg') // true
 */
export function confusionSvg(counts: Counts, options: ConfusionOptions = {}): string {
  const { classNames = counts.map((_, i) => String(i)), title = 'Confusion matrix' } = options;
  const size = counts.length * cell;
  const total = sum(counts.flat());
  const hits = sum(counts.map((row, i) => row[i]));
  const subtitle = `${percent(hits / total)} of ${total.toLocaleString('en-US')} right, ${(total - hits).toLocaleString('en-US')} wrong`;
  const worst = Math.max(1, ...counts.flatMap((row, i) => row.filter((_, j) => j !== i)));
  const matrix = [
    text(size / 2, -30, 'predicted', caption),
    element('g', { transform: `translate(${-left + 12} ${size / 2}) rotate(-90)` }, text(0, 0, 'true', caption)),
    text(size + right / 2, -10, 'recall', small),
    text(-14, size + 26, 'precision', { ...small, 'text-anchor': 'end' }),
    ...counts.flatMap((row, i) => row.map((count, j) => drawCell(count, i, j, worst))),
    ...counts.flatMap((row, i) => [
      text(-14, (i + 0.5) * cell + 4.5, classNames[i], { ...label, 'text-anchor': 'end' }),
      text((i + 0.5) * cell, -10, classNames[i], label),
      text(size + right / 2, (i + 0.5) * cell + 4, percent(row[i] / sum(row), 1), small),
      text((i + 0.5) * cell, size + 26, percent(row[i] / sum(counts.map((other) => other[i])), 1), small),
    ]),
  ];
  const width = 2 * margin + left + size + right;
  return picture(width, header + above + size + below, title, subtitle, group(margin + left, header + above, ...matrix));
}

const small = { 'font-size': 11.5, fill: colors.muted, 'text-anchor': 'middle' } as const;
const caption = { 'font-size': 12.5, fill: colors.muted, 'text-anchor': 'middle' } as const;
const label = { 'font-size': 13, 'font-weight': 600, fill: colors.ink, 'text-anchor': 'middle' } as const;

function drawCell(count: number, row: number, column: number, worst: number): string {
  const isRight = row === column;
  // The square root keeps a single mistake visible beside many.
  const share = Math.sqrt(count / worst);
  const fill = isRight ? colors.paleBlue : mix(colors.tile, colors.orange, share);
  const ink = isRight ? colors.blue : share > 0.85 ? colors.paper : colors.ink;
  const rect = element('rect', { x: column * cell + 1, y: row * cell + 1, width: cell - 2, height: cell - 2, rx: 4, fill });
  if (count === 0) return rect;
  const style = {
    'font-size': count >= 10_000 ? 11 : 13,
    'font-weight': isRight ? 600 : 400,
    fill: ink,
    'text-anchor': 'middle',
  };
  return rect + text((column + 0.5) * cell, (row + 0.5) * cell + 4.5, String(count), style);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
