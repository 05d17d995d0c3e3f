import type { DType, HostTensor, KernelAttrs, KernelName, TensorSpec } from '@dl/kernels';

/** One run of a kernel. */
export interface KernelCase<K extends KernelName> {
  readonly name: string;
  readonly inputs: readonly HostTensor[];
  readonly attrs: KernelAttrs[K];
  readonly out: TensorSpec;
  /** The difference from the reference that is allowed, in parts of one and the element's magnitude. Default: 1e-5. */
  readonly tolerance?: number;
}

/** The runs of a kernel with elements of a dtype. */
export type KernelCases<K extends KernelName> = (dtype: DType) => readonly KernelCase<K>[];
