import type { Rle } from './rle.ts';
import { checkedCounts } from './rle-counts.ts';

/**
 * How many pixels a mask has.
 *
 * @throws FormatError when the mask is malformed, see {@link rleCounts}
 * @example
 * rleArea({ size: [2, 3], counts: [1, 2, 3] }) // 2
 */
export function rleArea(rle: Rle): number {
  return areaOf(checkedCounts('rleArea', rle));
}

/** The pixels in the runs of a mask. */
export function areaOf(counts: Uint32Array): number {
  return counts.reduce((sum, count, i) => sum + (i % 2 === 1 ? count : 0), 0);
}
