import { formatShape, type HostTensor, ShapeError } from '@dl/kernels';
import type { Rle } from './rle.ts';
import { checkMaskSize } from './rle-counts.ts';

/**
 * The runs of a mask. {@link rleToString} makes COCO's string of them.
 *
 * @param mask - `[h, w]`; what is not 0 is in the mask
 * @throws {@link ShapeError} when the mask has another rank
 * @throws FormatError when it has no pixel, or more than 2²⁸
 * @example
 * encodeRle({ shape: [2, 3], dtype: 'bool', data: new Uint8Array([0, 0, 0, 0, 1, 0]) }).counts // [3, 1, 2]
 */
export function encodeRle({ shape, data }: HostTensor): Rle {
  if (shape.length !== 2) throw new ShapeError('encodeRle', `mask must have shape [h, w], got ${formatShape(shape)}`);
  checkMaskSize('encodeRle', shape);
  const [height, width] = shape;
  const counts: number[] = [];
  let inside = false;
  let count = 0;
  for (let x = 0; x < width; x++) {
    for (let at = x; at < height * width; at += width) {
      if ((data[at] !== 0) !== inside) {
        counts.push(count);
        count = 0;
        inside = !inside;
      }
      count++;
    }
  }
  counts.push(count);
  return { size: [height, width], counts };
}
