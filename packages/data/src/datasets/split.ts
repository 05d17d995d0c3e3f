import { ArgumentError } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import { streams } from '../random/host-random.ts';
import { permutation } from '../random/permutation.ts';
import { subset } from './subset.ts';

/** Options of {@link split}. */
export interface SplitOptions {
  /** Equal seeds give equal parts. Default 0. */
  readonly seed?: number | undefined;
}

/**
 * Deals the items of `dataset` into disjoint parts at random, as PyTorch's `random_split`.
 *
 * @param parts - their sizes, which add up to the dataset's; or fractions that add up to 1: each part gets the whole items of
 *   its fraction, and the first parts one more where some are left
 * @throws ArgumentError when the parts do not add up, or the seed is no non-negative integer
 * @example
 * const items: Dataset<{ x: number }> = { size: 10, get: (i) => ({ x: i }) };
 * const [train, validation] = split(items, [0.8, 0.2], { seed: 1 });
 * [train.size, validation.size] // [8, 2]
 */
export function split<T>(dataset: Dataset<T>, parts: readonly number[], { seed = 0 }: SplitOptions = {}): Dataset<T>[] {
  const sizes = partSizes(dataset.size, parts);
  const order = permutation(dataset.size, seed, streams.split, 0);
  let begin = 0;
  return sizes.map((size) => {
    const part = subset(dataset, order.subarray(begin, begin + size));
    begin += size;
    return part;
  });
}

function partSizes(size: number, parts: readonly number[]): readonly number[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const sound = parts.length > 0 && parts.every((part) => part >= 0);
  if (sound && total === size && parts.every(Number.isInteger)) return parts;
  if (!sound || Math.abs(total - 1) > 1e-9) {
    throw new ArgumentError(
      'split',
      `parts must add up to ${size} items or to a fraction of 1, got ${total} ([${parts.join(', ')}])`,
    );
  }
  const sizes = parts.map((part) => Math.floor(part * size));
  const left = size - sizes.reduce((sum, part) => sum + part, 0);
  return sizes.map((part, i) => (i < left ? part + 1 : part));
}
