import { line } from 'd3-shape';
import type { Roc } from '../metrics/roc.ts';
import { colors, element, group, header, margin, percent, picture, text } from './svg.ts';
import { across, side, unitSquare, up } from './unit-square.ts';

/** Options of {@link rocSvg}. */
export interface RocSvgOptions {
  /** Default `'Receiver operating characteristic'`. */
  readonly title?: string | undefined;
}

const left = 54;

/**
 * A receiver operating characteristic as an SVG picture: the share of positives found over the share of negatives mistaken for them, with the point
 * of equal error rates. The dashed line is where the two errors are equal.
 *
 * @param curve - as {@link RocCurve} computes it
 * @returns the text of an SVG file
 * @example
 * rocSvg(roc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).startsWith('<svg') // true
 */
export function rocSvg(curve: Roc, { title = 'Receiver operating characteristic' }: RocSvgOptions = {}): string {
  const { auc, equalErrorRate, falsePositiveRate, truePositiveRate } = curve;
  const subtitle = `area ${Number.isFinite(auc) ? auc.toFixed(4) : '–'}, equal error rate ${percent(equalErrorRate)}`;
  const points = Array.from(falsePositiveRate, (rate, i): [number, number] => [across(rate), up(truePositiveRate[i])]);
  const path = line().digits(2)(points.filter((point) => point.every(Number.isFinite))) ?? '';
  const [x, y] = [across(equalErrorRate), up(1 - equalErrorRate)];
  const drawn = [
    ...unitSquare('false positive rate', 'true positive rate', 'falling'),
    element('path', { d: path, fill: 'none', stroke: colors.blue, 'stroke-width': 2, 'stroke-linejoin': 'round' }),
    ...(Number.isFinite(equalErrorRate)
      ? [
          element('circle', { cx: x, cy: y, r: 4, fill: colors.orange }),
          text(x + 10, y + 16, 'equal errors', { 'font-size': 12, 'font-weight': 600, fill: colors.orange }),
        ]
      : []),
  ];
  const width = left + side + 100 + 2 * margin;
  return picture(width, header + side + 60 + margin, title, subtitle, group(margin + left, header + 8, ...drawn));
}
