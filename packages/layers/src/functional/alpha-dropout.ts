import { add, defaultRng, mul, type Tensor, where, zerosLike } from '@dl/tensor';
import { checkShare } from './check-share.ts';
import type { DropoutOptions } from './dropout.ts';
import { floatDType } from './float-dtype.ts';

/** $-\lambda \alpha$: where SELU tends to at $-\infty$. */
const floor = -1.0507009873554805 * 1.6732632423543772;

/**
 * Dropout for networks of SELUs: elements drop to the least value of a SELU, with probability $p$, and all are then scaled and shifted so that
 * mean 0 and variance 1 stay.
 *
 * @param x - any shape, float, with mean 0 and variance 1
 * @returns same shape and dtype
 * @throws {@link ArgumentError} unless `p` is in [0, 1]
 * @throws {@link DTypeError} for integers and bool
 * @example
 * alphaDropout(randn([4, 8]), { p: 0.1, rng: new Rng(1) }).shape // [4, 8]
 * @see Klambauer, Unterthiner, Mayr & Hochreiter, Self-normalizing neural networks, 2017
 */
export function alphaDropout(x: Tensor, { p = 0.5, rng = defaultRng() }: Pick<DropoutOptions, 'p' | 'rng'> = {}): Tensor {
  checkShare('alphaDropout', p);
  floatDType('alphaDropout', x);
  if (p === 1) return mul(x, zerosLike(x));
  const scale = 1 / Math.sqrt((1 - p) * (1 + p * floor ** 2));
  const kept = rng.bernoulli(x.shape, { p: 1 - p, dtype: 'bool', backend: x.backend });
  return add(mul(where(kept, x, floor), scale), -scale * floor * p);
}
