import { toDType } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { type Axes, type ReduceOptions, reduceAttrs } from './reduce-op.ts';
import { sum } from './sum.ts';

/**
 * How many elements along the axes are not 0.
 *
 * @param x - any shape, any dtype
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns int32; `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await countNonZero(tensor([[0, 2, 3], [0, 0, 6]]), 1).data() // Int32Array [2, 1]
 */
export function countNonZero(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  const attrs = reduceAttrs('countNonZero', axes, options, x.rank);
  return sum(toDType(x, 'bool'), attrs.axes, options);
}
