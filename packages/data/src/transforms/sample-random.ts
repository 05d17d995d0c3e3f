import { ArgumentError } from '@dl/kernels';
import { HostRandom, streams } from '../random/host-random.ts';

/** Random numbers for one item. */
export interface SampleRandom {
  /** Uniform in [low, high). */
  uniform(low: number, high: number): number;
  /** A uniform integer in [0, n). */
  below(n: number): number;
  /** Normal with mean 0 and deviation 1. */
  normal(): number;
}

/** What the numbers of {@link sampleRandom} depend on. */
export interface SampleRandomOptions {
  /** A non-negative safe integer. Default 0. */
  readonly seed?: number | undefined;
  /** Default 0. */
  readonly epoch?: number | undefined;
  /** Of the item in its dataset. */
  readonly index: number;
}

/**
 * The random numbers of item `index` in an epoch, as a {@link DataLoader} gives them to its `transform`. They depend on
 * (seed, epoch, index) alone, not on what was drawn before: Philox 4×32-10 counts from zero for each item.
 *
 * @throws ArgumentError when the seed is no non-negative safe integer, or the epoch or index no unsigned 32-bit one
 * @example
 * const first = sampleRandom({ seed: 1, epoch: 2, index: 3 });
 * const again = sampleRandom({ seed: 1, epoch: 2, index: 3 });
 * first.normal() === again.normal() // true
 */
export function sampleRandom({ seed = 0, epoch = 0, index }: SampleRandomOptions): SampleRandom {
  for (const [name, value] of Object.entries({ epoch, index })) {
    if (!Number.isInteger(value) || value < 0 || value >= 2 ** 32) {
      throw new ArgumentError('sampleRandom', `${name} must be an integer in [0, 2^32), got ${value}`);
    }
  }
  return new HostRandom('sampleRandom', seed, streams.transform, index, epoch);
}
