import { type KernelInput, type Pool2dShapeAttrs, pool2dShape, type Shape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { fuse } from '../../core/fused-op.ts';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { NumberOrPair } from '../conv/pair.ts';
import { scatterAddOp } from '../indexing/gather-ops.ts';
import { reshape } from '../layout/reshape.ts';
import { type MaxPool2dOptions, poolAttrs } from './pool-options.ts';

const maxPool2dIndicesOp: Op<Pool2dShapeAttrs> = {
  name: 'maxPool2d',
  infer([x], attrs) {
    checkFloat('maxPool2d', x.dtype);
    return { shape: pool2dShape('maxPool2d', x.shape, attrs), dtype: 'int32' };
  },
  forward: (backend, inputs, attrs, out) => backend.run('maxPool2dIndices', inputs, attrs, out),
  vjp: [null],
  jvp: [null],
};

/** The maximum is x at a place, so its gradient goes to that place alone. A gather that knows the windows, where its adjoint looks for the places. */
const maximaOp: Op<Pool2dShapeAttrs> = {
  name: 'gather',
  infer: ([x, indices]) => ({ shape: indices.shape, dtype: x.dtype }),
  forward: (backend, [x, indices], _, out) =>
    backend.run('gather', [asRows(x), asRows(indices)], { axis: 1 }, { ...out, shape: rows(out.shape) }),
  vjp: [
    (grad, { inputs: [x, indices], attrs }) =>
      fuse('maxPool2dGrad', [grad, indices], attrs, [x])?.[0] ?? scattered(grad, indices, x.shape),
    null,
  ],
  jvp: [(tangent, { inputs: [, indices], attrs }) => apply(maximaOp, [tangent, indices], attrs), null],
};

/** The maxima of the windows, and where each was found. */
export interface MaxPool2dResult {
  /** `[n, c, oh, ow]`, the dtype of the image. */
  readonly values: Tensor;
  /** `[n, c, oh, ow]`, int32: row-major positions in the `[h, w]` plane. */
  readonly indices: Tensor;
}

/**
 * Max pooling that also tells where each maximum was found: the first one in row-major order of its window, or the first NaN.
 *
 * @param x - `[n, c, h, w]`, float
 * @returns values and indices, both `[n, c, oh, ow]`; the values carry gradients
 * @throws {@link ShapeError}, {@link ArgumentError} and {@link DTypeError} as {@link maxPool2d}
 * @example
 * const { values, indices } = maxPool2dWithIndices(tensor([[[[1, 5], [7, 2]]]]), 2);
 * await values.array() // [[[[7]]]]
 * await indices.array() // [[[[2]]]]
 */
export function maxPool2dWithIndices(x: Tensor, kernelSize: NumberOrPair, options: MaxPool2dOptions = {}): MaxPool2dResult {
  const attrs = poolAttrs(kernelSize, options);
  const indices = apply(maxPool2dIndicesOp, [x], attrs);
  return { values: apply(maximaOp, [x, indices], attrs), indices };
}

/** Sums `grad` where the indices say, in images of `shape`. */
function scattered(grad: Tensor, indices: Tensor, shape: Shape): Tensor {
  const planes = [grad, indices].map((x) => reshape(x, rows(x.shape)));
  return reshape(apply(scatterAddOp, [planes[1], planes[0]], { axis: 1, shape: rows(shape) }), shape);
}

function asRows(x: KernelInput): KernelInput {
  const { buffer, shape, dtype } = x;
  return { buffer, shape: rows(shape), dtype };
}

/** Planes as rows. */
function rows([n, c, h, w]: Shape): Shape {
  return [n * c, h * w];
}
