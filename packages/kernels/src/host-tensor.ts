import type { TensorSpec } from './backend.ts';
import type { TypedArray } from './dtype.ts';

/** A tensor's elements on the host, row-major: what a file or a dataset holds, before a backend takes it and after it is read back. */
export interface HostTensor extends TensorSpec {
  /** The array kind of the dtype, with one element for each of the shape. */
  readonly data: TypedArray;
}
