import type { Dataset } from '../dataset.ts';
import { checkIndex } from './check-index.ts';

/**
 * The items of `dataset` at `indices`, in that order; an index may come twice.
 *
 * @throws ArgumentError for an index outside of the dataset
 * @example
 * const letters: Dataset<{ code: number }> = { size: 26, get: (i) => ({ code: 97 + i }) };
 * subset(letters, [25, 0]).get(1) // { code: 97 }
 */
export function subset<T>(dataset: Dataset<T>, indices: ArrayLike<number>): Dataset<T> {
  for (let i = 0; i < indices.length; i++) checkIndex('subset', indices[i], dataset.size);
  const chosen = Uint32Array.from(indices);
  const at = (index: number): number => {
    checkIndex('subset', index, chosen.length);
    return chosen[index];
  };
  const items: Dataset<T> = { size: chosen.length, get: (index) => dataset.get(at(index)) };
  const whole = dataset.getBatch?.bind(dataset);
  return whole === undefined ? items : { ...items, getBatch: (picked) => whole(Uint32Array.from(picked, at)) };
}
