import type { DType, Shape, TypedArray } from '@dl/kernels';

/** A tensor's elements on the host, row-major: what a file holds, before a backend takes it and after it is read back. */
export interface HostTensor {
  readonly shape: Shape;
  readonly dtype: DType;
  /** The array kind of `dtype`, with one element for each of `shape`. */
  readonly data: TypedArray;
}
