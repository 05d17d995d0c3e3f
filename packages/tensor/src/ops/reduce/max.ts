import type { Tensor } from '../../core/tensor.ts';
import { extremeOp, reduceExtreme } from './extreme-op.ts';
import type { Axes, ReduceOptions } from './reduce-op.ts';

const maxOp = extremeOp('max');

/**
 * Maximum over axes, $y = \max_i x_i$; NaN wins. Elements that tie share the gradient evenly, as in PyTorch's `amax`. {@link argMax} tells where it is.
 *
 * @param x - any shape
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link ShapeError} for an axis out of range or named twice, or without elements
 * @example
 * await max(tensor([[1, 2], [3, 4]])).item() // 4
 * await max(tensor([[1, 2], [3, 4]]), 0).data() // Float32Array [3, 4]
 */
export function max(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  return reduceExtreme(maxOp, x, axes, options);
}
