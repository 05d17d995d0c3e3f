import { type AvgPool2dAttrs, pool2dShape, type Shape } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import type { NumberOrPair } from '../conv/pair.ts';
import { type Pool2dOptions, poolAttrs } from './pool-options.ts';

/** Options of {@link avgPool2d}. */
export interface AvgPool2dOptions extends Pool2dOptions {
  /** Whether the zeros of the padding count in the mean. Default `true`, as in PyTorch. */
  readonly countIncludePad?: boolean | undefined;
}

interface AvgPool2dOpAttrs extends AvgPool2dAttrs {
  /** Of the output: ceil mode shows in nothing else. */
  readonly shape: Shape;
}

const avgPool2dOp: Op<AvgPool2dOpAttrs> = {
  name: 'avgPool2d',
  infer: ([x], { shape }) => ({ shape, dtype: x.dtype }),
  forward: (backend, inputs, attrs, out) => backend.run('avgPool2d', inputs, attrs, out),
  vjp: [(grad, { inputs: [x], attrs }) => apply(avgPool2dGradOp, [grad], { ...attrs, shape: x.shape })],
  jvp: [(tangent, { attrs }) => apply(avgPool2dOp, [tangent], attrs)],
};

/** The adjoint: spreads every element over its window. */
const avgPool2dGradOp: Op<AvgPool2dOpAttrs> = {
  name: 'avgPool2dGrad',
  infer: ([dy], { shape }) => ({ shape, dtype: dy.dtype }),
  forward: (backend, inputs, attrs, out) => backend.run('avgPool2dGrad', inputs, attrs, out),
  vjp: [(grad, { inputs: [dy], attrs }) => apply(avgPool2dOp, [grad], { ...attrs, shape: dy.shape })],
  jvp: [(tangent, { attrs }) => apply(avgPool2dGradOp, [tangent], attrs)],
};

/**
 * The mean of each window, $y_{n,c,i,j} = \frac{1}{|W|} \sum_{(k, l) \in W} x_{n,\,c,\,s i + k - p,\,s j + l - p}$.
 *
 * @param x - `[n, c, h, w]`, float
 * @returns `[n, c, oh, ow]` with $oh = \lfloor (h + 2p - k) / s \rfloor + 1$, or rounded up with `ceilMode`
 * @throws {@link ShapeError} for another rank, or a window that does not fit in the padded image
 * @throws {@link ArgumentError} for an option outside its domain, such as a padding above half of the kernel
 * @throws {@link DTypeError} unless `x` is float
 * @example
 * await avgPool2d(tensor([[[[1, 2, 5, 6], [3, 4, 7, 8]]]]), 2).array() // [[[[2.5, 6.5]]]]
 */
export function avgPool2d(x: Tensor, kernelSize: NumberOrPair, options: AvgPool2dOptions = {}): Tensor {
  const { countIncludePad = true } = options;
  checkFloat('avgPool2d', x.dtype);
  const { ceilMode, ...attrs } = poolAttrs(kernelSize, options);
  const shape = pool2dShape('avgPool2d', x.shape, { ...attrs, ceilMode });
  return apply(avgPool2dOp, [x], { ...attrs, countIncludePad, shape });
}
