import type { Tensor } from '../../core/tensor.ts';
import { diagonal } from '../layout/diagonal.ts';
import { sum } from '../reduce/sum.ts';
import { checkMatrix } from './matrices.ts';

/**
 * The sum of the main diagonal, $\sum_i a_{ii}$.
 *
 * @param a - `[..., m, n]`
 * @returns `[...]`
 * @throws {@link ShapeError} for less than two axes
 * @throws {@link DTypeError} for integers and bool
 * @example
 * await trace(tensor([[1, 2], [3, 4]])).item() // 5
 */
export function trace(a: Tensor): Tensor {
  checkMatrix('trace', a);
  return sum(diagonal(a, { axis0: -2, axis1: -1 }), -1);
}
