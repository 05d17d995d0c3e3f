import type { DType } from '@dl/kernels';

/** Options of the functions that make a tensor. */
export interface CreateOptions {
  /** Default float32; beside a tensor, its dtype. */
  readonly dtype?: DType | undefined;
}
