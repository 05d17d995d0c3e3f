import { tensor } from '../core/create.ts';
import type { Tensor } from '../core/tensor.ts';
import { defaultRng } from './default-rng.ts';
import type { RandintOptions } from './randint.ts';

/**
 * The integers below `n` in random order; on the host, {@link Rng.permutation}.
 *
 * @returns `[n]`, int32 unless told otherwise
 * @throws {@link ArgumentError} for no non-negative integer
 * @example
 * randperm(4).shape // [4]
 */
export function randperm(n: number, { rng = defaultRng(), ...options }: RandintOptions = {}): Tensor {
  return tensor(rng.permutation(n), options);
}
