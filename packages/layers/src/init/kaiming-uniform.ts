import type { Shape } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import type { Nonlinearity } from './calculate-gain.ts';
import { kaimingStd } from './kaiming-std.ts';
import type { FanMode, InitOptions } from './options.ts';
import { uniform } from './uniform.ts';

/** Options of {@link kaimingUniform} and {@link kaimingNormal}. */
export interface KaimingOptions extends InitOptions {
  /** Whether activations (`'fanIn'`, the default) or gradients (`'fanOut'`) keep their variance. */
  readonly mode?: FanMode | undefined;
  /** The activation that follows. Default `'leakyRelu'`. */
  readonly nonlinearity?: Nonlinearity | undefined;
  /** The slope of a leaky ReLU below 0. Default 0: a plain one. */
  readonly a?: number | undefined;
}

/**
 * Uniform in $\pm g \sqrt{3 / \text{fan}}$: keeps the variance through layers with rectifiers.
 *
 * @param shape - `[out, in, ...kernel]`
 * @throws {@link ShapeError} for fewer than two axes
 * @throws {@link ArgumentError} for an unknown mode or activation
 * @example
 * init.kaimingUniform([64, 32, 3, 3], { nonlinearity: 'relu' }).shape // [64, 32, 3, 3]
 * @see He et al., 2015
 */
export function kaimingUniform(shape: Shape, options: KaimingOptions = {}): Tensor {
  const { mode, nonlinearity, a, ...rest } = options;
  const bound = Math.sqrt(3) * kaimingStd(shape, { mode, nonlinearity, a });
  return uniform(shape, { ...rest, low: -bound, high: bound });
}
