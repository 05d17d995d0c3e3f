import type { Backend, KernelBuffer } from '@dl/kernels';
import type { Block } from './heap.ts';

/**
 * A handle on elements, which are in one of two places: a block of the heap, or an array of their own, where they were spilled
 * over the budget or offloaded.
 */
export class WasmBuffer implements KernelBuffer {
  readonly owner: Backend;
  readonly bytes: number;
  references = 1;
  /** The garbage collector minds it, and {@link Backend.stats} does not count it. */
  isOffloaded = false;
  home: Block | Uint8Array;

  constructor(owner: Backend, bytes: number, home: Block | Uint8Array) {
    this.owner = owner;
    this.bytes = bytes;
    this.home = home;
  }
}
