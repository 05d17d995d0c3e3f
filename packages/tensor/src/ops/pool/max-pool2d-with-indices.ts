import { type Pool2dShapeAttrs, pool2dShape, type Shape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { NumberOrPair } from '../conv/pair.ts';
import { gather } from '../indexing/gather.ts';
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
  const indices = apply(maxPool2dIndicesOp, [x], poolAttrs(kernelSize, options));
  // The maximum is x at a place, so its gradient goes to that place alone: what gather's rules say, for any order.
  const values = gather(reshape(x, planes(x.shape)), reshape(indices, planes(indices.shape)), 1);
  return { values: reshape(values, indices.shape), indices };
}

function planes([n, c, h, w]: Shape): Shape {
  return [n * c, h * w];
}
