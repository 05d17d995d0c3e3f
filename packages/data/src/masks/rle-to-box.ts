import type { Rle } from './rle.ts';
import { checkedCounts } from './rle-counts.ts';

/**
 * The smallest box that holds a mask: `[x0, y0, x1, y1]`, with the right and lower edges of its last pixels, as boxes are everywhere here;
 * four zeros where the mask has no pixel.
 *
 * @throws FormatError when the mask is malformed, see {@link rleCounts}
 * @example
 * rleToBox({ size: [2, 3], counts: [3, 1, 2] }) // [1, 1, 2, 2]
 */
export function rleToBox(rle: Rle): readonly [x0: number, y0: number, x1: number, y1: number] {
  const counts = checkedCounts('rleToBox', rle);
  const [height, width] = rle.size;
  let [x0, y0, x1, y1] = [width, height, 0, 0];
  let begin = 0;
  for (let i = 0; i < counts.length; i++) {
    const last = begin + counts[i] - 1;
    if (i % 2 === 1 && counts[i] > 0) {
      const left = Math.floor(begin / height);
      const right = Math.floor(last / height);
      x0 = Math.min(x0, left);
      x1 = Math.max(x1, right + 1);
      // A run that goes on in the next column touches the lower edge and the upper one.
      y0 = Math.min(y0, right > left ? 0 : begin % height);
      y1 = Math.max(y1, right > left ? height : (last % height) + 1);
    }
    begin = last + 1;
  }
  return x1 > 0 ? [x0, y0, x1, y1] : [0, 0, 0, 0];
}
