import type { CalibrationBin } from '../metrics/calibration-bins.ts';
import { colors, type Drawing, element, group, percent, text, titled } from './svg.ts';
import { across, side, small, unitSquare, up } from './unit-square.ts';

/** Options of {@link calibrationSvg}. */
export interface CalibrationSvgOptions {
  /** Default `'Calibration'`. */
  readonly title?: string | undefined;
}

/** Room for the numbers left of the square, between it and the counts, and for the counts. */
const [left, between, countsHeight] = [54, 62, 60];

/**
 * A reliability diagram as an SVG picture: how often the classifier is right by how sure it is, a blue bar a bin. Orange above a bar is by how
 * much the classifier is surer than right, pale blue by how much it is righter than sure; below stands how many samples there are.
 *
 * @param bins - as {@link ReliabilityDiagram} computes them
 * @returns the text of an SVG file
 * @example
 * const bins = [{ low: 0, high: 0.5, count: 1, confidence: 0.4, accuracy: 0 }, { low: 0.5, high: 1, count: 3, confidence: 0.9, accuracy: 1 }];
 * calibrationSvg(bins).startsWith('<svg') // true
 * @see Niculescu-Mizil & Caruana, Predicting good probabilities with supervised learning, 2005
 */
export function calibrationSvg(bins: readonly CalibrationBin[], { title = 'Calibration' }: CalibrationSvgOptions = {}): string {
  return titled(calibrationDrawing(bins), title, calibrationLine(bins));
}

/** `expected calibration error 1.20 % over 10,000 samples`. */
export function calibrationLine(bins: readonly CalibrationBin[]): string {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const filled = bins.filter(({ count }) => count > 0);
  const error = filled.reduce((sum, bin) => sum + (bin.count / total) * Math.abs(bin.accuracy - bin.confidence), 0);
  return `expected calibration error ${percent(total === 0 ? Number.NaN : error)} over ${total.toLocaleString('en-US')} samples`;
}

/** The diagram of {@link calibrationSvg}. */
export function calibrationDrawing(bins: readonly CalibrationBin[]): Drawing {
  const filled = bins.filter(({ count }) => count > 0);
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const drawn = [
    ...filled.flatMap(bars),
    ...unitSquare('confidence', 'accuracy', 'rising'),
    group(
      0,
      side + between,
      ...filled.map(({ low, high, count }) => {
        const height = (count / most) * countsHeight;
        return element('rect', { ...widthOf(low, high), y: countsHeight - height, height, fill: colors.muted });
      }),
      element('line', { x2: side, y1: countsHeight, y2: countsHeight, stroke: colors.grid }),
      text(-10, 10, most.toLocaleString('en-US'), { ...small, 'text-anchor': 'end' }),
      text(-10, countsHeight, '0', { ...small, 'text-anchor': 'end' }),
      text(side / 2, countsHeight + 20, 'samples', { ...small, 'text-anchor': 'middle' }),
    ),
  ];
  return { width: left + side + 8, height: 8 + side + between + countsHeight + 28, body: group(left, 8, ...drawn) };
}

function bars({ low, high, confidence, accuracy }: CalibrationBin): string[] {
  const [top, bottom] = [Math.max(confidence, accuracy), Math.min(confidence, accuracy)];
  const isTooSure = confidence > accuracy;
  const gap = { ...widthOf(low, high), y: up(top), height: up(bottom) - up(top) };
  return [
    element('rect', { ...widthOf(low, high), y: up(bottom), height: side - up(bottom), fill: colors.blue }),
    element('rect', { ...gap, fill: isTooSure ? colors.orange : colors.blue, 'fill-opacity': isTooSure ? 0.7 : 0.4 }),
  ];
}

function widthOf(low: number, high: number): { readonly x: number; readonly width: number } {
  return { x: across(low) + 1, width: across(high) - across(low) - 2 };
}
