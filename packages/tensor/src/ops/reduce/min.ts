import type { Tensor } from '../../core/tensor.ts';
import { extremeOp, reduceExtreme } from './extreme-op.ts';
import type { Axes, ReduceOptions } from './reduce-op.ts';

const minOp = extremeOp('min');

/**
 * Minimum over axes, $y = \min_i x_i$; NaN wins. Elements that tie share the gradient evenly, as in PyTorch's `amin`. {@link argMin} tells where it is.
 *
 * @param x - any shape
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link ShapeError} for an axis out of range or named twice, or without elements
 * @example
 * await min(tensor([[1, 2], [3, 4]])).item() // 1
 * await min(tensor([[1, 2], [3, 4]]), 0).data() // Float32Array [1, 2]
 */
export function min(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  return reduceExtreme(minOp, x, axes, options);
}
