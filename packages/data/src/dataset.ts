import type { HostTensor } from '@dl/kernels';

/**
 * Items by index. Give it to a {@link DataLoader}; make others of it with {@link subset}, {@link split}, {@link concat} and {@link map}.
 *
 * @example
 * const squares: Dataset<{ x: number }> = { size: 10, get: (index) => ({ x: index * index }) };
 */
export interface Dataset<T> {
  /** How many items there are. */
  readonly size: number;
  /** The item at `index`, an integer in [0, size). */
  get(index: number): T | Promise<T>;
  /** Many items at once, stacked as {@link stackSamples} would: what a dataset has where one object an item costs too much. */
  getBatch?(indices: ArrayLike<number>): Stacked<T> | Promise<Stacked<T>>;
  /** What the items are for, such as `'train'`, `'validation'` or `'test'`, where that is known. What is of a test split stays so. */
  readonly split?: string | undefined;
  /** Class index by item, where items have classes. */
  readonly labels?: ArrayLike<number> | undefined;
  /** What the classes are called. */
  readonly classNames?: readonly string[] | undefined;
  /** A SHA-256 in hexadecimal that only the same items have; see {@link datasetChecksum}. */
  checksum?(): Promise<string>;
}

/** Items of type `T` stacked field by field, with a leading batch axis. */
export type Stacked<T> = { readonly [K in keyof T]: HostTensor };
