import type { KernelAttrs, KernelInput, KernelName, TensorSpec } from '@dl/kernels';
import type { KernelExports } from './generated/exports.generated.ts';
import type { Heap } from './heap.ts';

/** What a kernel works with. */
export interface Machine {
  readonly wasm: KernelExports;
  readonly heap: Heap;
  /** Whether convolutions may go through Winograd's transforms. */
  readonly winograd: boolean;
}

/**
 * Computes one kernel into the block at `to`, all of which it must write. `at` holds the addresses of the inputs' elements.
 * It may hold more entries than there are inputs.
 */
export type Kernel<K extends KernelName> = (
  machine: Machine,
  inputs: readonly KernelInput[],
  at: readonly number[],
  attrs: KernelAttrs[K],
  out: TensorSpec,
  to: number,
) => void;
