import type { Tensor } from '../../core/tensor.ts';
import { eye } from '../create/eye.ts';
import { expandTo } from '../layout/expand.ts';
import { checkSquare } from './matrices.ts';
import { solveAs } from './solve.ts';

/**
 * The inverse $A^{-1}$. To solve a system, {@link solve} is faster and more exact.
 *
 * @param a - `[..., n, n]`, invertible
 * @throws {@link ShapeError} for matrices that are not square
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} for a singular matrix, on backends that notice: those on the CPU do
 * @example
 * await inverse(tensor([[2, 0], [0, 4]])).array() // [[0.5, 0], [0, 0.25]]
 */
export function inverse(a: Tensor): Tensor {
  checkSquare('inverse', a);
  const unit = eye(a.shape[a.rank - 1], a.shape[a.rank - 1], { dtype: a.dtype, backend: a.backend });
  return solveAs('inverse', a, expandTo(unit, a.shape), { kind: 'general', transpose: false });
}
