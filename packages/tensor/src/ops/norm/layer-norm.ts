import { type Shape, sizeOf } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import { applyFused, type FusedOp, fuse } from '../../core/fused-op.ts';
import { isRecording } from '../../core/recorder.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { expandTo } from '../layout/expand.ts';
import { reshape } from '../layout/reshape.ts';
import { sum } from '../reduce/sum.ts';
import { type AffineOptions, checkEps, checkLastAxes, vectorFor } from './norm-inputs.ts';
import { standardize, throughStandardize } from './standardize.ts';

const axes = [1];

/** x `[rows, d]`, weight `[d]`, bias `[d]` → y, and the moments of each row for the gradient. */
const layerNormOp: FusedOp<'layerNorm'> = {
  name: 'layerNorm',
  infer: ([x]) => [x, { shape: [x.shape[0]], dtype: x.dtype }, { shape: [x.shape[0]], dtype: x.dtype }],
  composite([x, weight, bias], { eps }) {
    const { unit, mean, variance } = standardize(x, axes, eps);
    return [add(mul(unit, weight), bias), reshape(mean, [x.shape[0]]), reshape(variance, [x.shape[0]])];
  },
  vjp([dy], { inputs: [x, weight, bias], others: [mean, variance], attrs }) {
    if (dy === undefined) return [null, null, null];
    const fused = fuse('layerNormGrad', [x, weight, mean, variance, dy], attrs, [x, weight, bias]);
    if (fused !== undefined) return fused;
    const own = standardize(x, axes, attrs.eps);
    return [throughStandardize(own, mul(dy, weight), axes), sum(mul(dy, own.unit), 0), sum(dy, 0)];
  },
  jvp: [
    (tangent, { inputs: [x, weight], attrs }) => mul(throughStandardize(standardize(x, axes, attrs.eps), tangent, axes), weight),
    (tangent, { inputs: [x], attrs }) => mul(standardize(x, axes, attrs.eps).unit, tangent),
    (tangent, { inputs: [x] }) => expandTo(tangent, x.shape),
  ],
};

/**
 * Layer normalisation: $y = w \, (x - \mu) / \sqrt{\sigma^2 + \varepsilon} + b$, with the mean and the biased variance over the last axes.
 *
 * @param x - `[..., d1, d2, ...]`, float
 * @param normalizedShape - `[d1, d2, ...]`, the axes over which it normalises, or the extent of the last one
 * @param options - weight and bias, both of the normalised shape
 * @returns the shape of `x`
 * @throws {@link ShapeError} when the last axes of `x` are others, or weight or bias has another shape
 * @throws {@link DTypeError} unless all have one float dtype
 * @throws {@link ArgumentError} for a negative `eps`
 * @example
 * await layerNorm(tensor([[1, 3], [10, 20]]), 2, { eps: 0 }).array() // [[-1, 1], [-1, 1]]
 * @see Ba, Kiros & Hinton, Layer normalization, 2016
 */
export function layerNorm(x: Tensor, normalizedShape: number | Shape, options: AffineOptions = {}): Tensor {
  const { weight, bias, eps = 1e-5 } = options;
  checkFloat('layerNorm', x.dtype);
  checkEps('layerNorm', eps);
  const shape = typeof normalizedShape === 'number' ? [normalizedShape] : normalizedShape;
  checkLastAxes('layerNorm', x, shape);
  const d = sizeOf(shape);
  const flat = (name: string, given: Tensor | undefined, otherwise: number): Tensor =>
    reshape(vectorFor('layerNorm', name, x, given, shape, otherwise), [d]);
  const rows = reshape(x, [sizeOf(x.shape.slice(0, x.rank - shape.length)), d]);
  const [y, ...moments] = applyFused(layerNormOp, [rows, flat('weight', weight, 1), flat('bias', bias, 0)], { eps });
  if (!isRecording()) for (const moment of moments) moment.dispose();
  return reshape(y, x.shape);
}
