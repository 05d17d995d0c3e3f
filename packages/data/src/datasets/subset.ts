import type { Dataset } from '../dataset.ts';
import { remember } from '../loader/workers/recipe.ts';
import { checkIndex } from './check-index.ts';
import { digestOf } from './digest.ts';

/**
 * The items of `dataset` at `indices`, in that order, with its classes and of its split; an index may come twice.
 *
 * @throws ArgumentError for an index outside of the dataset
 * @example
 * const letters: Dataset<{ code: number }> = { size: 26, get: (i) => ({ code: 97 + i }) };
 * subset(letters, [25, 0]).get(1) // { code: 97 }
 */
export function subset<T>(dataset: Dataset<T>, indices: ArrayLike<number>): Dataset<T> {
  return subsetOf(dataset, indices, dataset.split);
}

/** As {@link subset}, of a split of its own. */
export function subsetOf<T>(dataset: Dataset<T>, indices: ArrayLike<number>, split: string | undefined): Dataset<T> {
  for (let i = 0; i < indices.length; i++) checkIndex('subset', indices[i], dataset.size);
  const chosen = Uint32Array.from(indices);
  const at = (index: number): number => {
    checkIndex('subset', index, chosen.length);
    return chosen[index];
  };
  const { labels, classNames } = dataset;
  const whole = dataset.getBatch?.bind(dataset);
  const checksum = dataset.checksum?.bind(dataset);
  const items: Dataset<T> = {
    size: chosen.length,
    get: (index) => dataset.get(at(index)),
    split,
    classNames,
    labels: labels && Int32Array.from(chosen, (index) => labels[index]),
    ...(whole && { getBatch: (picked: ArrayLike<number>) => whole(Uint32Array.from(picked, at)) }),
    ...(checksum && { checksum: async () => digestOf(['subset', await checksum(), chosen]) }),
  };
  return remember(items, 'subset', () => [dataset, chosen]);
}
