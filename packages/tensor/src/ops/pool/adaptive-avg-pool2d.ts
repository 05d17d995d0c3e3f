import { type Pair, resize2dShape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { tensor } from '../../core/create.ts';
import type { Tensor } from '../../core/tensor.ts';
import { type NumberOrPair, pairOf } from '../conv/pair.ts';
import { matmul } from '../linear/matmul.ts';
import { avgPool2d } from './avg-pool2d.ts';

/**
 * Average pooling to a given size, whatever the image's: row $i$ of the result is the mean of rows
 * $\lfloor i h / oh \rfloor$ to $\lceil (i + 1) h / oh \rceil - 1$, and columns likewise.
 *
 * @param x - `[n, c, h, w]`, float
 * @param size - height and width of the result
 * @returns `[n, c, ...size]`
 * @throws {@link ShapeError} for another rank or an image without pixels
 * @throws {@link ArgumentError} for a size that is not positive
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await adaptiveAvgPool2d(tensor([[[[1, 2, 3, 4]]]]), [1, 2]).array() // [[[[1.5, 3.5]]]]
 */
export function adaptiveAvgPool2d(x: Tensor, size: NumberOrPair): Tensor {
  checkFloat('adaptiveAvgPool2d', x.dtype);
  const [, , height, width] = resize2dShape('adaptiveAvgPool2d', x.shape, pairOf(size));
  const [h, w] = [x.shape[2], x.shape[3]];
  if (h % height === 0 && w % width === 0) return avgPool2d(x, [h / height, w / width]);
  return matmul(matmul(means(x, height, h), x), means(x, width, w), { transposeB: true });
}

/** The matrix `[to, from]` that takes the mean of each window: pooling is linear, and separable. */
function means(x: Tensor, to: number, from: number): Tensor {
  const matrix = new Float64Array(to * from);
  for (let i = 0; i < to; i++) {
    const [start, end]: Pair = [Math.floor((i * from) / to), Math.ceil(((i + 1) * from) / to)];
    matrix.fill(1 / (end - start), i * from + start, i * from + end);
  }
  return tensor(matrix, { shape: [to, from], dtype: x.dtype, backend: x.backend });
}
