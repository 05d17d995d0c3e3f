import { FormatError } from '@dl/kernels';
import { readCountString } from './count-string.ts';
import type { Rle } from './rle.ts';

/** Most pixels of a mask: 16,384 a side. */
const maxPixels = 2 ** 28;

/**
 * The lengths of the runs of a mask, whether `counts` has numbers or COCO's string.
 *
 * @throws {@link FormatError} when a length is negative or no integer, they do not add up to the image, the string is malformed, or the
 *   image has no pixel or more than 2²⁸
 * @example
 * rleCounts({ size: [2, 3], counts: '312' }) // Uint32Array [3, 1, 2]
 */
export function rleCounts(rle: Rle): Uint32Array {
  return checkedCounts('rleCounts', rle);
}

/** As {@link rleCounts}, for the function `op`. */
export function checkedCounts(op: string, { size, counts }: Rle): Uint32Array {
  checkMaskSize(op, size);
  const pixels = size[0] * size[1];
  const lengths = typeof counts === 'string' ? readCountString(op, counts) : counts;
  let sum = 0;
  for (let i = 0; i < lengths.length; i++) {
    if (!Number.isInteger(lengths[i]) || lengths[i] < 0) {
      throw new FormatError(op, `counts must be non-negative integers, got ${lengths[i]} (count ${i})`);
    }
    sum += lengths[i];
  }
  if (sum !== pixels) throw new FormatError(op, `counts must add up to ${size[0]} × ${size[1]} pixels, got ${sum}`);
  return Uint32Array.from(lengths);
}

/** Refuses a size that no mask may have. */
export function checkMaskSize(op: string, size: readonly number[]): void {
  const sound = size.length === 2 && size.every((extent) => Number.isInteger(extent) && extent > 0);
  if (!sound || size[0] * size[1] > maxPixels) {
    throw new FormatError(op, `size must be a height and a width of at most ${maxPixels} pixels, got [${size.join(', ')}]`);
  }
}
