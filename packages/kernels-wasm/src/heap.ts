import { BackendError, type BufferGroup } from '@dl/kernels';
import { blockAlignment, bytesOfClass, sizeClasses, sizeClassOf } from './size-class.ts';
import { control, controlWords } from './threads/control.ts';

const pageBytes = 65536;

/** Kernels may read, never write, this far past the end of a block; the last block of the memory keeps its distance. */
const guardBytes = 1024;

/** The memory grows by at least this much, and by an eighth of itself. */
const leastGrowth = 4 << 20;

/** Words of the area in which the host hands extents and strides to kernels. */
const paramWords = 1024;

/** Bytes of scratch that every thread has always: loop nests are written there. */
const leastWorkspace = 4096;

/** A piece of the heap. */
export interface Block {
  readonly pointer: number;
  readonly sizeClass: number;
}

/** The most that a 32-bit memory may hold. */
const mostBytes = 2 ** 32;

/** The memory has no block of the size that was asked for. */
export class HeapFullError extends BackendError {
  /** Bytes that were to be had. */
  readonly bytes: number;

  constructor(bytes: number, reservedBytes: number) {
    super('heap', `the memory must grow to hold a kernel's arguments, got ${reservedBytes} bytes and ${bytes} more`);
    this.bytes = bytes;
  }
}

/**
 * Blocks of one WebAssembly memory, by size class, each class with a list of free ones. A block never moves, splits or merges,
 * so taking and giving back are a pop and a push.
 *
 * Layout: constants of the module, the parameters of the host, what the threads share, blocks.
 */
export class Heap {
  /** Where kernels find the extents and strides that {@link Heap.params} was filled with. */
  readonly paramsPointer: number;
  /** Replaced whenever the memory grows: read it anew for each use. */
  params: Int32Array;
  /** Where the block that threads share is. */
  readonly controlPointer: number;
  /** That block: read it anew for each use, too. */
  control: Int32Array;
  readonly #memory: WebAssembly.Memory;
  readonly #free: Block[][] = Array.from({ length: sizeClasses }, () => []);
  /** How many blocks of each class are in use. */
  readonly #counts = new Int32Array(sizeClasses);
  readonly #budget: number;
  #top: number;
  #used = 0;
  #workspace: Block | undefined;
  #shared: Block | undefined;
  /** Threads that the workspace is for. */
  #threads = 1;

  /**
   * @param base - where the constants of the module end
   * @param budget - bytes of blocks in use past which {@link Heap.allocate} gives none
   */
  constructor(memory: WebAssembly.Memory, base: number, budget: number) {
    this.#memory = memory;
    this.#budget = budget;
    this.paramsPointer = align(base);
    this.controlPointer = this.paramsPointer + paramWords * 4;
    this.#top = this.controlPointer + controlWords * 4;
    if (!this.#reach(this.#top)) throw new BackendError('heap', 'the memory must grow to hold its parameters, got a refusal');
    this.params = this.#viewParams();
    this.control = this.#viewControl();
    this.workspace(leastWorkspace);
  }

  /** Bytes of the memory. */
  get reservedBytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** The blocks in use, by size. */
  groups(): BufferGroup[] {
    return Array.from(this.#counts, (count, sizeClass) => ({ bytes: bytesOfClass(sizeClass), count })).filter(
      ({ count }) => count > 0,
    );
  }

  /** A block of at least `bytes`; undefined over the budget, or where the memory does not grow. */
  allocate(bytes: number): Block | undefined {
    if (bytes > mostBytes) return undefined;
    const sizeClass = sizeClassOf(bytes);
    const size = bytesOfClass(sizeClass);
    return this.#used + size > this.#budget ? undefined : this.#take(sizeClass, size);
  }

  /**
   * A block for the time of one kernel, over the budget if it must be.
   *
   * @throws {@link HeapFullError} where the memory does not grow
   */
  stage(bytes: number): Block {
    if (bytes <= mostBytes) {
      const sizeClass = sizeClassOf(bytes);
      const block = this.#take(sizeClass, bytesOfClass(sizeClass));
      if (block !== undefined) return block;
    }
    throw new HeapFullError(bytes, this.reservedBytes);
  }

  free(block: Block): void {
    this.#used -= bytesOfClass(block.sizeClass);
    this.#counts[block.sizeClass]--;
    this.#free[block.sizeClass].push(block);
  }

  /**
   * Sees to scratch of at least `bytes` for each thread, which kernels find by themselves. It grows to the most that was asked for.
   *
   * @throws {@link HeapFullError} where the memory does not grow
   */
  workspace(bytes: number): void {
    if (this.control[control.workspaceStride] >>> 0 >= bytes && this.#workspace !== undefined) return;
    this.#renewWorkspace(align(Math.max(bytes, leastWorkspace)), this.#threads);
  }

  /**
   * The address of scratch that all threads share for the time of one kernel.
   *
   * @throws {@link HeapFullError} where the memory does not grow
   */
  shared(bytes: number): number {
    const current = this.#shared;
    if (current !== undefined && bytesOfClass(current.sizeClass) >= bytes) return current.pointer;
    this.#shared = this.stage(bytes);
    if (current !== undefined) this.free(current);
    return this.#shared.pointer;
  }

  /**
   * Has room for `threads` threads from now on.
   *
   * @throws {@link HeapFullError} where the memory does not grow
   */
  provide(threads: number): void {
    this.#renewWorkspace(this.control[control.workspaceStride] >>> 0, threads);
    this.#threads = threads;
  }

  /** Takes other scratch, since a lost thread may still write to what there is. */
  abandonScratch(): void {
    this.#workspace = undefined;
    this.#shared = undefined;
    this.provide(1);
  }

  /** The bytes of a block, or of a part of one, as they lie: no copy. */
  bytesAt(pointer: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, pointer, length);
  }

  float32At(pointer: number, length: number): Float32Array {
    return new Float32Array(this.#memory.buffer, pointer, length);
  }

  int32At(pointer: number, length: number): Int32Array {
    return new Int32Array(this.#memory.buffer, pointer, length);
  }

  /** Takes the new one before it frees the old, so that kernels have one whatever happens. */
  #renewWorkspace(stride: number, threads: number): void {
    const old = this.#workspace;
    this.#workspace = this.stage(stride * threads);
    this.control[control.workspace] = this.#workspace.pointer;
    this.control[control.workspaceStride] = stride;
    if (old !== undefined) this.free(old);
  }

  #take(sizeClass: number, size: number): Block | undefined {
    const block = this.#free[sizeClass].pop() ?? this.#carve(sizeClass, size) ?? this.#takeLarger(sizeClass);
    if (block === undefined) return undefined;
    this.#used += bytesOfClass(block.sizeClass);
    this.#counts[block.sizeClass]++;
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
    this.control = this.#viewControl();
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

  #viewControl(): Int32Array {
    return new Int32Array(this.#memory.buffer, this.controlPointer, controlWords);
  }
}

function align(bytes: number): number {
  return Math.ceil(bytes / blockAlignment) * blockAlignment;
}
