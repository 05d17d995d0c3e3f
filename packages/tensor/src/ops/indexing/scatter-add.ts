import { DTypeError, isFloat, normalizeAxis } from '@dl/kernels';
import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { pad } from '../layout/pad.ts';
import { asIndex } from './as-index.ts';
import { scatterAddOp } from './gather-ops.ts';
import { narrowTo } from './narrow.ts';

/**
 * `x`, plus every element of `src` at the place its index names: $y_{\text{index}_{i,j},\,j} \mathrel{+}= \text{src}_{i,j}$ for axis 0. An index
 * may come many times.
 *
 * @param x - any shape but a scalar, float or int32
 * @param index - as many axes as `x`, no larger than it but along `axis`; int32 or uint8, each in `[0, n)`
 * @param src - the dtype of `x`, at least as large as `index`; what is beyond it is not used
 * @returns the shape and dtype of `x`
 * @throws {@link ShapeError} for an index of another rank or too large, or an axis out of range
 * @throws {@link DTypeError} for an index of another dtype, or `x` and `src` of different or other ones
 * @throws {@link ArgumentError} for an index out of range, on backends that notice: those on the CPU do
 * @example
 * const index = tensor([0, 2, 0], { dtype: 'int32' });
 * await scatterAdd(tensor([0, 0, 0]), index, tensor([1, 2, 3]), 0).data() // Float32Array [4, 0, 2]
 */
export function scatterAdd(x: Tensor, index: Tensor, src: Tensor, axis: number): Tensor {
  const along = normalizeAxis('scatterAdd', axis, x.rank);
  if (x.dtype !== src.dtype || !(isFloat(x.dtype) || x.dtype === 'int32')) {
    throw new DTypeError('scatterAdd', `dtypes of x and src must be one of float or int32, got ${x.dtype} and ${src.dtype}`);
  }
  const places = asIndex('scatterAdd', index);
  const { shape } = narrowTo('scatterAdd', 'x', x, places.shape, along);
  const sums = apply(scatterAddOp, [places, narrowTo('scatterAdd', 'src', src, places.shape, -1)], { axis: along, shape });
  return add(
    x,
    pad(
      sums,
      x.shape.map((extent, at) => [0, extent - shape[at]]),
    ),
  );
}
