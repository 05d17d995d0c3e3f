import { writeCountString } from './count-string.ts';
import type { Rle } from './rle.ts';
import { checkedCounts } from './rle-counts.ts';

/**
 * The runs of a mask as COCO's string, the same that `pycocotools` writes.
 *
 * @throws FormatError when the mask is malformed, see {@link rleCounts}
 * @example
 * rleToString({ size: [2, 3], counts: [3, 1, 2] }) // '312'
 */
export function rleToString(rle: Rle): string {
  return writeCountString(checkedCounts('rleToString', rle));
}
