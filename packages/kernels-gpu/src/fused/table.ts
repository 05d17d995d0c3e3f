import type { FusedKernelName } from '@dl/kernels';
import type { FusedKernel } from '../machine.ts';
import { maxPool2dGrad } from './pool2d.ts';

/** The fused kernels that pay on a GPU. */
export const fusedKernels: { readonly [K in FusedKernelName]?: FusedKernel<K> } = { maxPool2dGrad };
