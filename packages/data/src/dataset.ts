import type { HostTensor } from '@dl/kernels';

/**
 * Items by index. Give it to a {@link DataLoader}; make smaller ones with {@link subset}, {@link split} and {@link map}.
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
}

/** Items of type `T` stacked field by field, with a leading batch axis. */
export type Stacked<T> = { readonly [K in keyof T]: HostTensor };
