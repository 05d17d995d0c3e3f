import { ArgumentError } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import { streams } from '../random/host-random.ts';
import { permutation } from '../random/permutation.ts';
import { stratifiedParts } from './stratified-parts.ts';
import { subsetOf } from './subset.ts';

/** Options of {@link split}. */
export interface SplitOptions {
  /** Equal seeds give equal parts. Default 0. */
  readonly seed?: number | undefined;
  /** The class of each item, such as {@link ImageDataset.labels}: each part gets its share of each class, give or take an item or two. */
  readonly stratify?: ArrayLike<number> | undefined;
}

/**
 * Deals the items of `dataset` into disjoint parts at random, as PyTorch's `random_split`.
 *
 * @param parts - their sizes, which add up to the dataset's; or fractions that add up to 1: each part gets the whole items of
 *   its fraction, and the first parts one more where some are left. A list, or an object that names them
 * @returns the parts, in a list, or under their names, which become their {@link Dataset.split}; but what is of a split `'test'` stays so
 * @throws ArgumentError when the parts do not add up, there is not one label for each item, or the seed is no non-negative integer
 * @example
 * const items: Dataset<{ x: number }> = { size: 10, get: (i) => ({ x: i }) };
 * const [train, validation] = split(items, [0.8, 0.2], { seed: 1 });
 * [train.size, validation.size] // [8, 2]
 * const even = Array.from({ length: 10 }, (_, i) => i % 2);
 * const named = split(items, { train: 0.6, validation: 0.2, test: 0.2 }, { seed: 1, stratify: even });
 * [named.test.size, named.test.split] // [2, 'test']
 */
export function split<T>(dataset: Dataset<T>, parts: readonly number[], options?: SplitOptions): Dataset<T>[];
export function split<T, N extends string>(
  dataset: Dataset<T>,
  parts: Readonly<Record<N, number>>,
  options?: SplitOptions,
): Record<N, Dataset<T>>;
export function split<T>(
  dataset: Dataset<T>,
  parts: readonly number[] | Readonly<Record<string, number>>,
  { seed = 0, stratify }: SplitOptions = {},
): Dataset<T>[] | Record<string, Dataset<T>> {
  const sizes = partSizes(dataset.size, Object.values(parts));
  const dealt =
    stratify === undefined ? randomParts(dataset.size, sizes, seed) : stratifiedParts(stratify, dataset.size, sizes, seed);
  if (Array.isArray(parts)) return dealt.map((indices) => subsetOf(dataset, indices, dataset.split));
  return Object.fromEntries(
    Object.keys(parts).map((name, i) => [name, subsetOf(dataset, dealt[i], dataset.split === 'test' ? 'test' : name)]),
  );
}

function randomParts(size: number, sizes: readonly number[], seed: number): Uint32Array[] {
  const order = permutation(size, seed, streams.split, 0);
  let begin = 0;
  return sizes.map((count) => {
    begin += count;
    return order.subarray(begin - count, begin);
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
