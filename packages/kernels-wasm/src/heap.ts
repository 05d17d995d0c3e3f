import { BackendError } from '@dl/kernels';
import { blockAlignment, bytesOfClass, sizeClasses, sizeClassOf } from './size-class.ts';

const pageBytes = 65536;

/** Kernels may read, never write, this far past the end of a block; the last block of the memory keeps its distance. */
const guardBytes = 1024;

/** The memory grows by at least this much, and by an eighth of itself. */
const leastGrowth = 4 << 20;

/** Words of the area in which the host hands extents and strides to kernels. */
const paramWords = 1024;

/** A piece of the heap. */
export interface Block {
  readonly pointer: number;
  readonly sizeClass: number;
}

/**
 * Blocks of one WebAssembly memory, by size class, each class with a list of free ones. A block never moves, splits or merges,
 * so taking and giving back are a pop and a push.
 *
 * Layout, ready for one memory under several threads: constants of the module, the parameters of the host, blocks.
 */
export class Heap {
  /** Where kernels find the extents and strides that {@link Heap.params} was filled with. */
  readonly paramsPointer: number;
  /** Replaced whenever the memory grows: read it anew for each use. */
  params: Int32Array;
  readonly #memory: WebAssembly.Memory;
  readonly #free: Block[][] = Array.from({ length: sizeClasses }, () => []);
  readonly #budget: number;
  #top: number;
  #used = 0;
  #workspace: Block | undefined;

  /**
   * @param base - where the constants of the module end
   * @param budget - bytes of blocks in use past which {@link Heap.allocate} gives none
   */
  constructor(memory: WebAssembly.Memory, base: number, budget: number) {
    this.#memory = memory;
    this.#budget = budget;
    this.paramsPointer = align(base);
    this.#top = align(this.paramsPointer + paramWords * 4);
    if (!this.#reach(this.#top)) throw new BackendError('heap', 'the memory must grow to hold its parameters, got a refusal');
    this.params = this.#viewParams();
  }

  /** Bytes of the memory. */
  get reservedBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** A block of at least `bytes`; undefined over the budget, or where the memory does not grow. */
  allocate(bytes: number): Block | undefined {
    const sizeClass = sizeClassOf(bytes);
    const size = bytesOfClass(sizeClass);
    return this.#used + size > this.#budget ? undefined : this.#take(sizeClass, size);
  }

  /**
   * A block for the time of one kernel, over the budget if it must be.
   *
   * @throws {@link BackendError} where the memory does not grow
   */
  stage(bytes: number): Block {
    const sizeClass = sizeClassOf(bytes);
    const block = this.#take(sizeClass, bytesOfClass(sizeClass));
    if (block !== undefined) return block;
    throw new BackendError(
      'heap',
      `the memory must grow to hold a kernel's arguments, got ${this.reservedBytes} bytes and ${bytes} more`,
    );
  }

  free(block: Block): void {
    this.#used -= bytesOfClass(block.sizeClass);
    this.#free[block.sizeClass].push(block);
  }

  /**
   * The address of scratch for one kernel: one block, that grows to the largest that was asked for.
   *
   * @throws {@link BackendError} where the memory does not grow
   */
  workspace(bytes: number): number {
    const current = this.#workspace;
    if (current !== undefined && bytesOfClass(current.sizeClass) >= bytes) return current.pointer;
    if (current !== undefined) this.free(current);
    this.#workspace = undefined;
    const grown = this.stage(bytes);
    this.#workspace = grown;
    return grown.pointer;
  }

  /** The bytes of a block, or of a part of one, as they lie: no copy. */
  bytesAt(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, pointer, length);
  }

  int32At(pointer: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, pointer, length);
  }

  #take(sizeClass: number, size: number): Block | undefined {
    const block = this.#free[sizeClass].pop() ?? this.#carve(sizeClass, size) ?? this.#takeLarger(sizeClass);
    if (block !== undefined) this.#used += bytesOfClass(block.sizeClass);
    return block;
  }

  #carve(sizeClass: number, size: number): Block | undefined {
    const pointer = this.#top;
    if (!this.#reach(pointer + size)) return undefined;
    this.#top = pointer + size;
    return { pointer, sizeClass };
  }

  #takeLarger(sizeClass: number): Block | undefined {
    for (let larger = sizeClass + 1; larger < sizeClasses; larger++) {
      const block = this.#free[larger].pop();
      if (block !== undefined) return block;
    }
    return undefined;
  }

  /** Grows the memory so that blocks may lie up to `end`. */
  #reach(end: number): boolean {
    const have = this.reservedBytes;
    const missing = end + guardBytes - have;
    if (missing <= 0) return true;
    const wished = Math.max(missing, leastGrowth, have >>> 3);
    if (!this.#grow(wished) && !this.#grow(missing)) return false;
    this.params = this.#viewParams();
    return true;
  }

  #grow(bytes: number): boolean {
    try {
      this.#memory.grow(Math.ceil(bytes / pageBytes));
      return true;
    } catch {
      return false;
    }
  }

  #viewParams(): Int32Array {
    return new Int32Array(this.#memory.buffer, this.paramsPointer, paramWords);
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / blockAlignment) * blockAlignment;
}
