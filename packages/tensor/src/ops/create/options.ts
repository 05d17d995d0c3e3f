import type { Backend, DType } from '@dl/kernels';

/** Options of the functions that make a tensor beside another: `zerosLike` and its kind. */
export interface LikeOptions {
  /** Default: that of the other tensor. */
  readonly dtype?: DType | undefined;
}

/** Options of the functions that make a tensor from nothing. */
export interface CreateOptions {
  /** Default float32. */
  readonly dtype?: DType | undefined;
  /** Default: the one chosen with {@link useBackend}. */
  readonly backend?: Backend | undefined;
}
