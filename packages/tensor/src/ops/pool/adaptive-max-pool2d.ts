import { type Pair, resize2dShape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { type NumberOrPair, pairOf } from '../conv/pair.ts';
import { concat } from '../layout/concat.ts';
import { slice } from '../layout/slice.ts';
import { maxPool2d } from './max-pool2d.ts';

/**
 * Max pooling to a given size, whatever the image's: row $i$ of the result is the maximum of rows
 * $\lfloor i h / oh \rfloor$ to $\lceil (i + 1) h / oh \rceil - 1$, and columns likewise.
 *
 * @param x - `[n, c, h, w]`, float
 * @param size - height and width of the result
 * @returns `[n, c, ...size]`
 * @throws {@link ShapeError} for another rank or an image without pixels
 * @throws {@link ArgumentError} for a size that is not positive
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await adaptiveMaxPool2d(tensor([[[[1, 2, 3, 4]]]]), [1, 2]).array() // [[[[2, 4]]]]
 */
export function adaptiveMaxPool2d(x: Tensor, size: NumberOrPair): Tensor {
  checkFloat('adaptiveMaxPool2d', x.dtype);
  const [, , height, width] = resize2dShape('adaptiveMaxPool2d', x.shape, pairOf(size));
  const [h, w] = [x.shape[2], x.shape[3]];
  if (h % height === 0 && w % width === 0) return maxPool2d(x, [h / height, w / width]);
  const rows = windowsOf(h, height).map(([from, to]) => maxPool2d(slice(x, [null, null, [from, to]]), [to - from, 1]));
  const across = concat(rows, 2);
  const columns = windowsOf(w, width).map(([from, to]) =>
    maxPool2d(slice(across, [null, null, null, [from, to]]), [1, to - from]),
  );
  return concat(columns, 3);
}

/** Where each of the `to` windows over `from` elements begins and ends. */
function windowsOf(from: number, to: number): Pair[] {
  return Array.from({ length: to }, (_, i) => [Math.floor((i * from) / to), Math.ceil(((i + 1) * from) / to)]);
}
