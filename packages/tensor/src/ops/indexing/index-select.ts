import { indexSelectShape, normalizeAxis, type Shape } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { asIndex } from './as-index.ts';

interface IndexSelectAttrs {
  readonly axis: number;
}

interface IndexAddAttrs {
  readonly axis: number;
  readonly shape: Shape;
}

const indexSelectOp: Op<IndexSelectAttrs> = {
  name: 'indexSelect',
  infer: ([x, index], { axis }) => ({ shape: indexSelectShape('indexSelect', x.shape, index.shape, axis), dtype: x.dtype }),
  forward: (backend, inputs, attrs, out) => backend.run('indexSelect', inputs, attrs, out),
  vjp: [(grad, { inputs: [x, index], attrs: { axis } }) => apply(indexAddOp, [index, grad], { axis, shape: x.shape }), null],
  jvp: [(tangent, { inputs: [, index], attrs }) => apply(indexSelectOp, [tangent, index], attrs), null],
};

/** The adjoint of a selection: zeros of `shape`, plus the slices of the second input at the indices of the first. */
export const indexAddOp: Op<IndexAddAttrs> = {
  name: 'indexAdd',
  infer: ([, src], { shape }) => ({ shape, dtype: src.dtype }),
  forward: (backend, inputs, { axis }, out) => backend.run('indexAdd', inputs, { axis }, out),
  vjp: [null, (grad, { inputs: [index], attrs: { axis } }) => apply(indexSelectOp, [grad, index], { axis })],
  jvp: [null, (tangent, { inputs: [index], attrs }) => apply(indexAddOp, [index, tangent], attrs)],
};

/**
 * The slices of `x` at the given indices along one axis, $y_i = x_{\text{index}_i}$ for axis 0; an index may come many times.
 *
 * @param x - any shape but a scalar
 * @param index - `[m]`, int32 or uint8, each in `[0, n)`
 * @returns the shape of `x`, with extent `m` along `axis`
 * @throws {@link ShapeError} for an index that has not one axis, or an axis out of range
 * @throws {@link DTypeError} for an index of another dtype
 * @throws {@link ArgumentError} for an index out of range, on backends that notice: those on the CPU do
 * @example
 * const rows = tensor([2, 0], { dtype: 'int32' });
 * await indexSelect(tensor([[1, 2], [3, 4], [5, 6]]), rows, 0).array() // [[5, 6], [1, 2]]
 */
export function indexSelect(x: Tensor, index: Tensor, axis: number): Tensor {
  return apply(indexSelectOp, [x, asIndex('indexSelect', index)], { axis: normalizeAxis('indexSelect', axis, x.rank) });
}
