import type { HostTensor } from '@dl/kernels';
import { createTypedArray } from '@dl/kernels';
import type { Rle } from './rle.ts';
import { checkedCounts } from './rle-counts.ts';

/**
 * The pixels of a mask.
 *
 * @returns bool `[h, w]`
 * @throws FormatError when the mask is malformed, see {@link rleCounts}; nothing is allocated then
 * @example
 * decodeRle({ size: [2, 3], counts: [3, 1, 2] }).data // Uint8Array [0, 0, 0, 0, 1, 0]
 */
export function decodeRle(rle: Rle): HostTensor {
  const counts = checkedCounts('decodeRle', rle);
  const [height, width] = rle.size;
  const data = createTypedArray('bool', height * width);
  drawRuns(counts, height, width, data);
  return { shape: [height, width], dtype: 'bool', data };
}

/** Sets the pixels of a mask to 1 in `out`, row-major. */
export function drawRuns(counts: Uint32Array, height: number, width: number, out: HostTensor['data']): void {
  let at = 0;
  for (let i = 0; i < counts.length; i++) {
    const end = at + counts[i];
    if (i % 2 === 1) {
      for (let p = at; p < end; p++) out[(p % height) * width + Math.floor(p / height)] = 1;
    }
    at = end;
  }
}
