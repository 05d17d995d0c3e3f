import { add, mean, mul, type Parameter, reshape, rsqrt, square, sub, type Tensor } from '@dl/tensor';

/** The learnt numbers of a normalisation, both or neither, and what keeps its denominator from 0. */
export interface NormOptions {
  readonly weight: Parameter | Tensor | undefined;
  readonly bias: Parameter | Tensor | undefined;
  readonly eps: number;
}

/** What {@link batchNorm} returns. */
export interface BatchNormResult {
  readonly output: Tensor;
  /** `[c]`: of this batch. */
  readonly mean: Tensor;
  /** `[c]`: of this batch, biased (divided by the count). */
  readonly variance: Tensor;
}

/** Normalises each channel of `x` `[n, c, ...]` by its own mean and biased variance. */
export function batchNorm(x: Tensor, { weight, bias, eps }: NormOptions): BatchNormResult {
  const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
  const center = mean(x, axes, { keepDims: true });
  const deviations = sub(x, center);
  const variance = mean(square(deviations), axes, { keepDims: true });
  const scale = rsqrt(add(variance, eps));
  const channels = [x.shape[1]];
  return {
    output:
      weight === undefined || bias === undefined
        ? mul(deviations, scale)
        : add(mul(deviations, mul(scale, asChannels(weight, x))), asChannels(bias, x)),
    mean: reshape(center, channels),
    variance: reshape(variance, channels),
  };
}

/** Normalises each channel of `x` `[n, c, ...]` by the statistics given, as one product and one sum an element. */
export function batchNormWith(x: Tensor, center: Tensor, variance: Tensor, { weight, bias, eps }: NormOptions): Tensor {
  const spread = rsqrt(add(variance, eps));
  const scale = weight === undefined ? spread : mul(spread, weight);
  const offset = mul(center, scale);
  const shift = bias === undefined ? mul(offset, -1) : sub(bias, offset);
  return add(mul(x, asChannels(scale, x)), asChannels(shift, x));
}

/** `[c]` as `[c, 1, …]`, to go with `[n, c, …]`. */
function asChannels(values: Tensor, { rank }: Tensor): Tensor {
  return reshape(values, [values.size, ...new Array<number>(rank - 2).fill(1)]);
}
