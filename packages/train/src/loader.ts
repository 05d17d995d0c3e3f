import type { Tensor } from '@dl/tensor';

/** A batch for supervised training: inputs and targets, along the same first axis. */
export interface LabelledBatch {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Batches in some order, once through for each `for await`: a `DataLoader` of `@dl/data`, or anything like it. */
export interface Loader extends AsyncIterable<LabelledBatch> {
  /** Batches an epoch. */
  readonly length: number;
  /** Which part of a dataset it is. {@link fit} refuses `'test'`. */
  readonly split?: string | undefined;
  /**
   * Where it is, as plain JSON: what a checkpoint keeps of it. In a loop it counts the batch in use as done, and after the last batch the next
   * loop of a loader in that state has none.
   */
  state?(): unknown;
  /** Lets the next loop begin at a state. */
  loadState?(state: unknown): void;
}
