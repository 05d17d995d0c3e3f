import type { FusedKernelAttrs, FusedKernelName, KernelInput } from '@dl/kernels';
import type { Machine } from '../machine.ts';

/**
 * Computes one fused kernel into the blocks at `to`, all of which it must write. `at` holds the addresses of the inputs' elements.
 * Both may hold more entries than there are inputs and outputs.
 */
export type FusedKernel<K extends FusedKernelName> = (
  machine: Machine,
  inputs: readonly KernelInput[],
  at: readonly number[],
  attrs: FusedKernelAttrs[K],
  to: readonly number[],
) => void;
