import type { Tensor } from '@dl/tensor';

/** What a step trains on. */
export interface Batch {
  readonly x: Tensor;
  /** Classes of all rows of scores. */
  readonly y: Tensor;
}
