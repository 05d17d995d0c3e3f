import type { Shape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import type { InitOptions } from './options.ts';
import { uniform } from './uniform.ts';
import { xavierStd } from './xavier-std.ts';

/** Options of {@link xavierUniform}, {@link xavierNormal} and {@link orthogonal}. */
export interface XavierOptions extends InitOptions {
  /** What everything is multiplied by. Default 1. */
  readonly gain?: number | undefined;
}

/**
 * Uniform in $\pm g \sqrt{6 / (\text{fanIn} + \text{fanOut})}$: keeps the variance of activations and of gradients, by compromise.
 *
 * @param shape - `[out, in, ...kernel]`
 * @throws {@link ShapeError} for fewer than two axes
 * @example
 * init.xavierUniform([64, 32]).shape // [64, 32]
 * @see Glorot & Bengio, 2010
 */
export function xavierUniform(shape: Shape, { gain, ...options }: XavierOptions = {}): Tensor {
  const bound = Math.sqrt(3) * xavierStd(shape, gain);
  return uniform(shape, { ...options, low: -bound, high: bound });
}
