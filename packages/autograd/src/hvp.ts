import { runScope, type Tensor } from '@dl/tensor';
import { grad } from './grad.ts';
import { jvp } from './jvp.ts';

/**
 * The product $H v$ of the Hessian of a scalar function with a vector, without the Hessian: the directional derivative of the gradient,
 * forward mode over reverse mode, for about the cost of two gradients.
 *
 * @param fn - returns one number
 * @param x - where
 * @param v - shaped as `x`
 * @returns shaped as `x`
 * @throws {@link ShapeError} when `fn` returns more than one element, or `v` has another shape than `x`
 * @throws {@link DTypeError} when `x` or the value is not float
 * @throws {@link GradientError} for an op without a jvp rule
 * @example
 * const cube = (x: Tensor) => x.mul(x).mul(x).sum();
 * await hvp(cube, tensor([1, 2]), tensor([1, 10])).data() // Float32Array [6, 120]
 * @see Pearlmutter, Fast exact multiplication by the Hessian, 1994
 */
export function hvp(fn: (x: Tensor) => Tensor, x: Tensor, v: Tensor): Tensor {
  return runScope('hvp', () => jvp(grad(fn), [x], [v]).tangent);
}
