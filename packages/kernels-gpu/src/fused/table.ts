import type { FusedKernelName } from '@dl/kernels';
import type { FusedKernel } from '../machine.ts';

/** The fused kernels that pay on a GPU. */
export const fusedKernels: { readonly [K in FusedKernelName]?: FusedKernel<K> } = {};
