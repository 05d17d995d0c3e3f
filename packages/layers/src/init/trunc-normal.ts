import { ArgumentError, type Shape } from '@dl/kernels';
import { defaultRng, type Tensor } from '@dl/tensor';
import { hostTensor } from './host-tensor.ts';
import type { NormalInitOptions } from './normal.ts';
import { normalQuantile } from './normal-quantile.ts';

/** Options of {@link truncNormal}. */
export interface TruncNormalOptions extends NormalInitOptions {
  /** The least value. Default -2. */
  readonly a?: number | undefined;
  /** The greatest value. Default 2. */
  readonly b?: number | undefined;
}

/**
 * Normal, on the condition that it lies in [a, b]: the bounds are values, not multiples of the deviation, as in PyTorch.
 *
 * @throws {@link ArgumentError} unless `std` is above 0 and `a` below `b`
 * @example
 * init.truncNormal([2, 3], { std: 0.02, a: -0.04, b: 0.04 }).shape // [2, 3]
 */
export function truncNormal(shape: Shape, options: TruncNormalOptions = {}): Tensor {
  const { mean = 0, std = 1, a = -2, b = 2, rng = defaultRng(), ...rest } = options;
  if (!(std > 0)) throw new ArgumentError('truncNormal', `std must be above 0, got ${std}`);
  if (!(a < b)) throw new ArgumentError('truncNormal', `a must be less than b, got ${a} and ${b}`);
  // Mirrored where the bounds are both above the mean: probabilities near 0 are told apart, those near 1 are not.
  const side = a > mean ? -1 : 1;
  const [low, high] = [a, b].map((bound) => normalCdf((side * (bound - mean)) / std)).sort((p, q) => p - q);
  return hostTensor(shape, rest, (values) => {
    for (let i = 0; i < values.length; i++) {
      const value = mean + side * std * normalQuantile(low + rng.next() * (high - low));
      values[i] = Math.min(Math.max(value, a), b);
    }
  });
}

/** The inverse of {@link normalQuantile}, by bisection. */
function normalCdf(x: number): number {
  let [below, above] = [0, 1];
  for (let i = 0; i < 200; i++) {
    const p = (below + above) / 2;
    if (normalQuantile(p) < x) below = p;
    else above = p;
  }
  return above;
}
