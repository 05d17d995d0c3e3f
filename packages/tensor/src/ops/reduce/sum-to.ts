import type { Shape } from '@dl/kernels';
import { sameShape } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { sum } from './sum.ts';

/**
 * Sums `x` down to `shape`, over the axes along which `shape` would have been broadcast: the adjoint of {@link expandTo}.
 *
 * @param shape - a shape that broadcasts to that of `x`
 * @example
 * await sumTo(tensor([[1, 2], [3, 4]]), [2, 1]).array() // [[3], [7]]
 */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const lead = x.rank - shape.length;
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis < lead || (shape[axis - lead] === 1 && x.shape[axis] !== 1));
  return reshape(axes.length > 0 ? sum(x, axes) : x, shape);
}
