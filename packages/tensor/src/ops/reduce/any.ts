import type { Tensor } from '../../core/tensor.ts';
import { logicalNot } from '../elementwise/logical-not.ts';
import { all } from './all.ts';
import { type Axes, type ReduceOptions, reduceAttrs } from './reduce-op.ts';

/**
 * Whether some element along the axes is not 0; false over an empty one.
 *
 * @param x - any shape, any dtype
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns bool; `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await any(tensor([[false, false], [true, false]]), 1).data() // Uint8Array [0, 1]
 */
export function any(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  const attrs = reduceAttrs('any', axes, options, x.rank);
  return logicalNot(all(logicalNot(x), attrs.axes, options));
}
