import type { FusedKernelAttrs, FusedKernelName, HostTensor } from '@dl/kernels';

/** One run of a fused kernel with attributes `A`, with the results by its formula in double precision. */
export interface FusedCase<A> {
  readonly name: string;
  readonly inputs: readonly HostTensor[];
  readonly attrs: A;
  readonly outs: readonly HostTensor[];
  /** Default: 1e-5. */
  readonly tolerance?: number;
}

/** The runs of a fused kernel. */
export type FusedCases<K extends FusedKernelName> = () => readonly FusedCase<FusedKernelAttrs[K]>[];
