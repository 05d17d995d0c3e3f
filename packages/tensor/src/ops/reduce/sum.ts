import { reduceShape } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import { toDType } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { expandTo } from '../layout/expand.ts';
import { reshape } from '../layout/reshape.ts';
import { type Axes, keptShape, type ReduceAttrs, type ReduceOptions, reduceAttrs } from './reduce-op.ts';

const sumOp: Op<ReduceAttrs> = {
  name: 'sum',
  infer: ([x], { axes, keepDims }) => ({ shape: reduceShape(x.shape, axes, keepDims), dtype: x.dtype }),
  forward: (backend, inputs, { axes }, out) => backend.run('reduce', inputs, { fn: 'sum', axes }, out),
  vjp: [(grad, { inputs: [x], attrs }) => expandTo(reshape(grad, keptShape(x.shape, attrs.axes)), x.shape)],
  jvp: [(tangent, { attrs }) => apply(sumOp, [tangent], attrs)],
};

/**
 * Sum over axes, $y = \sum_i x_i$; 0 over an empty one. uint8 and bool are summed as int32.
 *
 * @param x - any shape
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await sum(tensor([[1, 2], [3, 4]])).item() // 10
 * await sum(tensor([[1, 2], [3, 4]]), 0).data() // Float32Array [4, 6]
 */
export function sum(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  const wide = x.dtype === 'uint8' || x.dtype === 'bool' ? toDType(x, 'int32') : x;
  return apply(sumOp, [wide], reduceAttrs('sum', axes, options, x.rank));
}
