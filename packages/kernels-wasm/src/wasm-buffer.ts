import type { Backend, KernelBuffer } from '@dl/kernels';
import type { Block } from './heap.ts';

/** A handle on elements: in a block of the heap, or in an array of their own. */
export class WasmBuffer implements KernelBuffer {
  readonly owner: Backend;
  readonly bytes: number;
  references = 1;
  /** Where the elements are while they are in the heap. */
  block: Block | undefined;
  /** What they are in otherwise: spilled over the budget, or offloaded. */
  array: Uint8Array | undefined;
  /** Offloaded: the garbage collector minds it, and {@link Backend.stats} does not count it. */
  isOffloaded = false;

  constructor(owner: Backend, bytes: number, block: Block | undefined, array: Uint8Array | undefined) {
    this.owner = owner;
    this.bytes = bytes;
    this.block = block;
    this.array = array;
  }
}
