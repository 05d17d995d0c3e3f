import type { Tensor } from '../../core/tensor.ts';
import { flatten } from '../layout/flatten.ts';
import { reshape } from '../layout/reshape.ts';
import { asIndex } from './as-index.ts';
import { indexSelect } from './index-select.ts';

/**
 * Elements of `x` by their row-major positions, as if it were a vector.
 *
 * @param x - any shape
 * @param index - any shape; int32 or uint8, each in `[0, x.size)`
 * @returns the shape of `index`, the dtype of `x`
 * @throws {@link DTypeError} for an index of another dtype
 * @throws {@link ArgumentError} for an index out of range, on backends that notice: those on the CPU do
 * @example
 * const index = tensor([[3, 0]], { dtype: 'int32' });
 * await take(tensor([[1, 2], [3, 4]]), index).array() // [[4, 1]]
 */
export function take(x: Tensor, index: Tensor): Tensor {
  return reshape(indexSelect(flatten(x), flatten(asIndex('take', index)), 0), index.shape);
}
