import type { FusedKernelAttrs, FusedKernelName, HostTensor } from '@dl/kernels';

/** One run of a fused kernel, with the results by its formula in double precision. */
export interface FusedCase<K extends FusedKernelName> {
  readonly name: string;
  readonly inputs: readonly HostTensor[];
  readonly attrs: FusedKernelAttrs[K];
  readonly outs: readonly HostTensor[];
  /** Default: 1e-5. */
  readonly tolerance?: number;
}

/** The runs of a fused kernel. */
export type FusedCases<K extends FusedKernelName> = () => readonly FusedCase<K>[];
