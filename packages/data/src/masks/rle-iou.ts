import { checkSameSize } from './merge-rles.ts';
import { overlayRuns } from './overlay-runs.ts';
import type { Rle } from './rle.ts';
import { areaOf } from './rle-area.ts';
import { checkedCounts } from './rle-counts.ts';

/** Options of {@link rleIou}. */
export interface RleIouOptions {
  /** Whether `b` is a crowd, any part of which may match: the overlap is then divided by the area of `a` alone. Default false. */
  readonly crowd?: boolean | undefined;
}

/**
 * How well two masks agree: intersection over union, $|a \cap b| / |a \cup b|$; 0 where they have no pixel in common.
 *
 * @throws ShapeError when the sizes differ
 * @throws FormatError when a mask is malformed, see {@link rleCounts}
 * @example
 * const left: Rle = { size: [2, 3], counts: [0, 2, 4] };
 * const lower: Rle = { size: [2, 3], counts: [1, 1, 1, 1, 1, 1] };
 * rleIou(left, lower) // 0.25
 * rleIou(left, lower, { crowd: true }) // 0.5
 */
export function rleIou(a: Rle, b: Rle, { crowd = false }: RleIouOptions = {}): number {
  const op = 'rleIou';
  checkSameSize(op, a.size, b.size);
  const runs = checkedCounts(op, a);
  let common = 0;
  let union = 0;
  overlayRuns(runs, checkedCounts(op, b), (length, inA, inB) => {
    if (inA && inB) common += length;
    if (inA || inB) union += length;
  });
  return common === 0 ? 0 : common / (crowd ? areaOf(runs) : union);
}
