import type { Dataset } from '../dataset.ts';
import { Digest } from './digest.ts';

/**
 * A SHA-256 of a dataset, in hexadecimal, for the record of a run: data with the same checksum have the same items in the same order.
 *
 * Its own {@link Dataset.checksum} where it has one, which may be quicker, else that of its items, taken one after the other in a memory of
 * 1 MiB. In browsers it needs a page from `https` or `localhost`, as `crypto.subtle` does.
 *
 * @throws {@link ArgumentError} for items that hold more than numbers, strings, arrays and objects of them
 * @example
 * const squares: Dataset<{ x: number }> = { size: 10, get: (index) => ({ x: index * index }) };
 * const checksum = await datasetChecksum(squares);
 * checksum.length // 64
 * checksum === (await datasetChecksum(map(squares, ({ x }) => ({ x })))) // true
 * checksum === (await datasetChecksum(subset(squares, [1, 0]))) // false
 */
export async function datasetChecksum<T>(dataset: Dataset<T>): Promise<string> {
  if (dataset.checksum !== undefined) return dataset.checksum();
  const digest = new Digest();
  await digest.value(dataset.size);
  for (let index = 0; index < dataset.size; index++) await digest.value(await dataset.get(index));
  return digest.hex();
}
