import type { Backend, DType, KernelBuffer, TypedArray } from '@dl/kernels';
import type { Storage } from './gpu-device.ts';

/**
 * A handle on elements, which are on the device, on the host, or on both. Elements that were uploaded wait on the host until a kernel
 * of the device needs them.
 */
export class GpuBuffer implements KernelBuffer {
  readonly owner: Backend;
  readonly dtype: DType;
  readonly length: number;
  readonly bytes: number;
  references = 1;
  /** How many tasks that are not done read or write it: its memory stays until then, even where nobody refers to it any more. */
  uses = 0;
  storage: Storage | undefined;
  host: TypedArray | undefined;
  /** Whether some element of {@link host} is an integer that float32, the type of the device, does not hold. */
  isInexact = false;
  /** Why there are no elements: the kernel that should have made them failed later. */
  failure: unknown;

  constructor(owner: Backend, dtype: DType, length: number, bytes: number) {
    this.owner = owner;
    this.dtype = dtype;
    this.length = length;
    this.bytes = bytes;
  }
}
