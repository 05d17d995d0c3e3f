import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { flatten } from '../layout/flatten.ts';
import { reshape } from '../layout/reshape.ts';
import { asIndex } from './as-index.ts';
import { indexSelect } from './index-select.ts';

/**
 * Rows of a table by their numbers, $y_{\dots} = w_{\text{index}_{\dots}}$; the gradient of a row is the sum over its uses.
 *
 * @param weight - `[n, d]`
 * @param index - any shape; int32 or uint8, each in `[0, n)`
 * @returns `[...index.shape, d]`
 * @throws {@link ShapeError} for a weight that is no matrix
 * @throws {@link DTypeError} for an index of another dtype
 * @throws {@link ArgumentError} for an index out of range, on backends that notice: those on the CPU do
 * @example
 * const words = tensor([2, 0], { dtype: 'int32' });
 * await embedding(tensor([[1, 2], [3, 4], [5, 6]]), words).array() // [[5, 6], [1, 2]]
 */
export function embedding(weight: Tensor, index: Tensor): Tensor {
  if (weight.rank !== 2) throw new ShapeError('embedding', `weight must have 2 axes [n, d], got ${formatShape(weight.shape)}`);
  return reshape(indexSelect(weight, flatten(asIndex('embedding', index)), 0), [...index.shape, weight.shape[1]]);
}
