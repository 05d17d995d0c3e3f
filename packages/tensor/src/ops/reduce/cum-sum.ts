import { normalizeAxis } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import { toDType } from '../../core/operands.ts';
import type { Tensor } from '../../core/tensor.ts';

/** Options of {@link cumSum}. */
export interface CumSumOptions {
  /** Whether an element's own value is left out of its sum. Default `false`. */
  readonly exclusive?: boolean | undefined;
  /** Whether to add up from the end. Default `false`. */
  readonly reverse?: boolean | undefined;
}

interface CumSumAttrs {
  readonly axis: number;
  readonly exclusive: boolean;
  readonly reverse: boolean;
}

const cumSumOp: Op<CumSumAttrs> = {
  name: 'cumSum',
  infer: ([x]) => x,
  forward: (backend, inputs, attrs, out) => backend.run('cumulativeSum', inputs, attrs, out),
  vjp: [(grad, { attrs }) => apply(cumSumOp, [grad], { ...attrs, reverse: !attrs.reverse })],
  jvp: [(tangent, { attrs }) => apply(cumSumOp, [tangent], attrs)],
};

/**
 * Running sum along an axis, $y_i = \sum_{j \le i} x_j$; uint8 and bool are summed as int32.
 *
 * @param x - any shape of one axis or more
 * @param axis - negative ones count from the end. Default: the last
 * @returns the shape of `x`
 * @throws {@link ShapeError} for an axis out of range
 * @example
 * await cumSum(tensor([1, 2, 3])).data() // Float32Array [1, 3, 6]
 * await cumSum(tensor([1, 2, 3]), 0, { exclusive: true, reverse: true }).data() // Float32Array [5, 3, 0]
 */
export function cumSum(x: Tensor, axis = -1, { exclusive = false, reverse = false }: CumSumOptions = {}): Tensor {
  const wide = x.dtype === 'uint8' || x.dtype === 'bool' ? toDType(x, 'int32') : x;
  return apply(cumSumOp, [wide], { axis: normalizeAxis('cumSum', axis, x.rank), exclusive, reverse });
}
