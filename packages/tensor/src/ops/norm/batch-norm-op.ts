import type { FusedOp } from '../../core/fused-op.ts';
import { fuse } from '../../core/fused-op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { expandTo } from '../layout/expand.ts';
import { reshape } from '../layout/reshape.ts';
import { sum } from '../reduce/sum.ts';
import { standardize, throughStandardize } from './standardize.ts';

/** The images and the pixels of `[n, c, l]`. */
const axes = [0, 2];

/** x `[n, c, l]`, weight `[c]`, bias `[c]` → y, and the moments of each channel, through which no gradient flows. */
export const batchNormOp: FusedOp<'batchNorm'> = {
  name: 'batchNorm',
  infer: ([x, weight]) => [x, weight, weight],
  composite([x, weight, bias], { eps }) {
    const { unit, mean, variance } = standardize(x, axes, eps);
    const y = add(mul(unit, column(weight)), column(bias));
    return [y, reshape(mean, weight.shape), reshape(variance, weight.shape)];
  },
  vjp([dy], { inputs: [x, weight, bias], others: [mean, variance], attrs }) {
    if (dy === undefined) return [null, null, null];
    const fused = fuse('batchNormGrad', [x, weight, mean, variance, dy], attrs, [x, weight, bias]);
    if (fused !== undefined) return fused;
    const own = standardize(x, axes, attrs.eps);
    return [throughStandardize(own, mul(dy, column(weight)), axes), sum(mul(dy, own.unit), axes), sum(dy, axes)];
  },
  jvp: [
    (tangent, { inputs: [x, weight], attrs }) =>
      mul(throughStandardize(standardize(x, axes, attrs.eps), tangent, axes), column(weight)),
    (tangent, { inputs: [x], attrs }) => mul(standardize(x, axes, attrs.eps).unit, column(tangent)),
    (tangent, { inputs: [x] }) => expandTo(column(tangent), x.shape),
  ],
};

/** `[c]` as it stands beside `[n, c, l]`. */
export function column(x: Tensor): Tensor {
  return reshape(x, [x.size, 1]);
}
