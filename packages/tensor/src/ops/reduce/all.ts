import { apply, type Op } from '../../core/op.ts';
import { toDType } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';
import { type Axes, dropAxes, keptShape, type ReduceOptions, reduceAttrs } from './reduce-op.ts';

const allOp: Op<{ readonly axes: readonly number[] }> = {
  name: 'all',
  infer: ([x], { axes }) => ({ shape: keptShape(x.shape, axes), dtype: 'bool' }),
  forward: (backend, inputs, { axes }, out) => backend.run('reduce', inputs, { fn: 'min', axes }, out),
  vjp: [null],
  jvp: [null],
};

/**
 * Whether no element along the axes is 0; true over an empty one.
 *
 * @param x - any shape, any dtype
 * @param axes - one axis, several, or (default) all; negative ones count from the end
 * @returns bool; `x` without the axes, or with extent 1 there if `keepDims`
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await all(tensor([[true, true], [true, false]]), 1).data() // Uint8Array [1, 0]
 */
export function all(x: Tensor, axes?: Axes, options: ReduceOptions = {}): Tensor {
  const attrs = reduceAttrs('all', axes, options, x.rank);
  return dropAxes(apply(allOp, [toDType(x, 'bool')], { axes: attrs.axes }), attrs.axes, options);
}
