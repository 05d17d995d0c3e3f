import type { Dataset } from '../dataset.ts';

/**
 * The items of `dataset` as `fn` changes them, each time they are taken. They stay of its split.
 *
 * @param fn - gets the item and its index; may be asynchronous
 * @example
 * const digits: Dataset<{ x: number }> = { size: 10, get: (i) => ({ x: i }) };
 * await map(digits, ({ x }) => ({ x, odd: x % 2 })).get(3) // { x: 3, odd: 1 }
 */
export function map<T, U>(dataset: Dataset<T>, fn: (item: T, index: number) => U | Promise<U>): Dataset<U> {
  return {
    size: dataset.size,
    split: dataset.split,
    get(index) {
      const item = dataset.get(index);
      return item instanceof Promise ? item.then((value: T) => fn(value, index)) : fn(item, index);
    },
  };
}
