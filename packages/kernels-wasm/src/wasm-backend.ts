import {
  type Backend,
  BackendError,
  type BackendInfo,
  type BackendStats,
  bytesPerElement,
  checkRunDType,
  checkUpload,
  type DType,
  type FusedKernelAttrs,
  type FusedKernelName,
  type KernelAttrs,
  type KernelBuffer,
  type KernelInput,
  type KernelName,
  largestGroups,
  OutOfMemoryError,
  requiredDTypes,
  sizeOf,
  type TensorSpec,
  type TypedArray,
} from '@dl/kernels';
import type { FusedKernel } from './fused/fused-kernel.ts';
import { fusedKernels } from './fused/table.ts';
import { type Block, Heap, HeapFullError } from './heap.ts';
import type { KernelInstance } from './instantiate.ts';
import { kernels } from './kernels/table.ts';
import type { Kernel, Machine } from './machine.ts';
import { attention, control } from './threads/control.ts';
import { Pool } from './threads/pool.ts';
import { type Thresholds, usualThresholds } from './threads/thresholds.ts';
import { WasmBuffer } from './wasm-buffer.ts';

/** Buffers up to this many bytes leave the heap when they are offloaded. */
const offloadBytes = 1024;

/** Where the elements of a released buffer are. */
const nowhere = new Uint8Array(0);

/** Ends the workers of a backend that was dropped and not disposed. */
const forgotten = new FinalizationRegistry<Pool>((pool) => pool.stop());

/** Where an output of a fused kernel is computed, and the array that it goes to where the block has no place in the budget. */
interface Made {
  readonly bytes: number;
  readonly array: Uint8Array | undefined;
  readonly block: Block;
}

/** Kernels on one memory, with the buffers that live in it. */
export class WasmBackend implements Backend {
  readonly name = 'wasm';
  readonly #mode: string;
  readonly #refused: readonly string[];
  readonly #pool: Pool;
  /** Undefined once the backend is disposed, so that its memory goes even where the backend is still held. */
  #machine: Machine | undefined;
  /** Addresses of the inputs of the running kernel, and the blocks that hold those from outside the heap. */
  readonly #at: number[] = [];
  readonly #staged: Block[] = [];
  /** Addresses of the outputs of the running fused kernel. */
  readonly #to: number[] = [];
  readonly #budget: number;
  #buffers = 0;
  #bytes = 0;
  #peakBytes = 0;
  #hasWarned = false;

  /**
   * @param threads - the most that compute, the caller among them
   * @param winograd - whether convolutions may go through Winograd's transforms
   */
  constructor(
    instance: KernelInstance,
    memoryBudgetBytes: number,
    threads = 1,
    thresholds: Thresholds = usualThresholds,
    winograd = false,
  ) {
    const { exports, module, memory, mode, refused } = instance;
    this.#mode = mode;
    this.#refused = refused;
    this.#budget = memoryBudgetBytes;
    const heap = new Heap(memory, exports.heapBase(), memoryBudgetBytes);
    exports.attach(heap.controlPointer);
    this.#machine = { wasm: exports, heap, winograd };
    this.#pool = new Pool(module, memory, heap, threads, thresholds);
    if (threads > 1) forgotten.register(this, this.#pool, this.#pool);
  }

  info(): BackendInfo {
    const { threads, refused } = this.#pool;
    return { name: this.name, mode: this.#mode, threads, refused: [...this.#refused, ...refused] };
  }

  supports(kernel: KernelName, dtype: DType): boolean {
    return requiredDTypes[kernel].includes(dtype);
  }

  upload(data: TypedArray, spec: TensorSpec): KernelBuffer {
    checkUpload(data, spec);
    if (spec.dtype === 'float64') throw new BackendError('upload', 'dtype must not be float64 on the wasm backend, got float64');
    const { heap } = this.#alive('upload');
    const bytes = data.length * bytesPerElement(spec.dtype);
    const home = heap.allocate(bytes) ?? this.#spillTo('upload', bytes);
    viewOf(spec.dtype, bytesOf(heap, home, bytes)).set(data);
    return this.#adopt(new WasmBuffer(this, bytes, home));
  }

  run<K extends KernelName>(kernel: K, inputs: readonly KernelInput[], attrs: KernelAttrs[K], out: TensorSpec): KernelBuffer {
    const machine = this.#alive(kernel);
    const { heap } = machine;
    checkRunDType(this.name, kernel, inputs, out);
    const bytes = sizeOf(out.shape) * bytesPerElement(out.dtype);
    const compute: Kernel<K> = kernels[kernel];
    let block: Block | undefined;
    try {
      for (let i = 0; i < inputs.length; i++) this.#at[i] = this.#locate(heap, this.#find(kernel, inputs[i].buffer));
      const own = heap.allocate(bytes);
      block = own ?? heap.stage(bytes);
      compute(machine, inputs, this.#at, attrs, out, block.pointer);
      const wishes = heap.control[control.attention];
      if (wishes !== 0 && this.#attend(wishes)) {
        // Neither block is free until the backend is gone: a lost worker may still write to the first.
        block = heap.stage(bytes);
        compute(machine, inputs, this.#at, attrs, out, block.pointer);
        return this.#adopt(new WasmBuffer(this, bytes, block));
      }
      return this.#adopt(new WasmBuffer(this, bytes, own ?? this.#spill(kernel, heap, block, bytes)));
    } catch (error) {
      if (block !== undefined) heap.free(block);
      throw this.#named(kernel, error);
    } finally {
      if (this.#staged.length > 0) this.#freeStaged(heap);
    }
  }

  fuses(kernel: FusedKernelName, dtype: DType): boolean {
    return dtype === 'float32' && fusedKernels[kernel] !== undefined;
  }

  runFused<K extends FusedKernelName>(
    kernel: K,
    inputs: readonly KernelInput[],
    attrs: FusedKernelAttrs[K],
    outs: readonly TensorSpec[],
  ): readonly KernelBuffer[] {
    const machine = this.#alive(kernel);
    const { heap } = machine;
    const { dtype } = inputs[0];
    const compute: FusedKernel<K> | undefined = fusedKernels[kernel];
    if (compute === undefined || dtype !== 'float32') {
      throw new BackendError(
        kernel,
        `fused kernels must be asked of a backend that fuses() them, got ${dtype} on the wasm backend`,
      );
    }
    let made: Made[] = [];
    try {
      for (let i = 0; i < inputs.length; i++) this.#at[i] = this.#locate(heap, this.#find(kernel, inputs[i].buffer));
      for (const out of outs) {
        const bytes = sizeOf(out.shape) * bytesPerElement(out.dtype);
        const own = heap.allocate(bytes);
        made.push({ bytes, array: own ? undefined : this.#spillTo(kernel, bytes), block: own ?? heap.stage(bytes) });
      }
      for (let i = 0; i < made.length; i++) this.#to[i] = made[i].block.pointer;
      compute(machine, inputs, this.#at, attrs, this.#to);
      const wishes = heap.control[control.attention];
      if (wishes !== 0 && this.#attend(wishes)) {
        // As in `run`: nobody gets the first blocks again.
        made = made.map(({ bytes }) => ({ bytes, array: undefined, block: heap.stage(bytes) }));
        for (let i = 0; i < made.length; i++) this.#to[i] = made[i].block.pointer;
        compute(machine, inputs, this.#at, attrs, this.#to);
      }
    } catch (error) {
      for (const { block } of made) heap.free(block);
      throw this.#named(kernel, error);
    } finally {
      if (this.#staged.length > 0) this.#freeStaged(heap);
    }
    return made.map(({ bytes, array, block }) =>
      this.#adopt(new WasmBuffer(this, bytes, array === undefined ? block : moved(heap, block, array))),
    );
  }

  async read(input: KernelInput): Promise<TypedArray> {
    const { home, bytes } = this.#find('read', input.buffer);
    return viewOf(input.dtype, bytesOf(this.#alive('read').heap, home, bytes)).slice();
  }

  retain(buffer: KernelBuffer): void {
    this.#find('retain', buffer).references++;
  }

  release(buffer: KernelBuffer): void {
    if (this.#machine === undefined) return;
    const own = this.#find('release', buffer);
    if (--own.references > 0) return;
    if (!(own.home instanceof Uint8Array)) this.#machine.heap.free(own.home);
    if (!own.isOffloaded) this.#forget(own);
    own.home = nowhere;
  }

  offload(buffer: KernelBuffer): void {
    const own = this.#find('offload', buffer);
    if (own.isOffloaded || own.bytes > offloadBytes) return;
    if (!(own.home instanceof Uint8Array)) {
      const { heap } = this.#alive('offload');
      const block = own.home;
      own.home = bytesOf(heap, block, own.bytes).slice();
      heap.free(block);
    }
    own.isOffloaded = true;
    this.#forget(own);
  }

  async sync(): Promise<void> {}

  stats(): BackendStats {
    const reservedBytes = this.#machine?.heap.reservedBytes ?? 0;
    return { buffers: this.#buffers, bytes: this.#bytes, peakBytes: this.#peakBytes, reservedBytes };
  }

  dispose(): void {
    forgotten.unregister(this.#pool);
    this.#pool.stop();
    this.#machine = undefined;
    this.#buffers = 0;
    this.#bytes = 0;
  }

  /** Sees to what a kernel asked of the host. Returns whether it must run again, on this thread alone. */
  #attend(wishes: number): boolean {
    const isLost = (wishes & attention.lostTasks) !== 0;
    if (isLost) {
      this.#pool.giveUp();
      this.#machine?.heap.abandonScratch();
    } else {
      this.#pool.start();
    }
    return isLost;
  }

  #adopt(buffer: WasmBuffer): WasmBuffer {
    this.#buffers++;
    this.#bytes += buffer.bytes;
    if (this.#bytes > this.#peakBytes) this.#peakBytes = this.#bytes;
    return buffer;
  }

  #forget(buffer: WasmBuffer): void {
    this.#buffers--;
    this.#bytes -= buffer.bytes;
  }

  /** The address of a buffer's elements, which are copied into the heap for the time of a kernel where they are not in it. */
  #locate(heap: Heap, { home, bytes }: WasmBuffer): number {
    if (!(home instanceof Uint8Array)) return home.pointer;
    const staged = heap.stage(bytes);
    this.#staged.push(staged);
    heap.bytesAt(staged.pointer, bytes).set(home);
    return staged.pointer;
  }

  #freeStaged(heap: Heap): void {
    for (const block of this.#staged) heap.free(block);
    this.#staged.length = 0;
  }

  /** Moves a result that has no place in the heap out of it. */
  #spill(op: string, heap: Heap, block: Block, bytes: number): Uint8Array {
    return moved(heap, block, this.#spillTo(op, bytes));
  }

  #spillTo(op: string, bytes: number): Uint8Array {
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      console.warn(
        `@dl/kernels-wasm: ${this.#buffers} live buffers fill the memory budget of ${this.#budget} bytes; new ones go to ordinary ` +
          'arrays, which is slow. Dispose tensors, use tidy(), or raise memoryBudgetBytes.',
      );
    }
    try {
      return new Uint8Array(bytes);
    } catch {
      throw this.#outOfMemory(op, bytes);
    }
  }

  /** `error`, or where the heap was full, one that says for what and of what. */
  #named(op: string, error: unknown): unknown {
    return error instanceof HeapFullError ? this.#outOfMemory(op, error.bytes) : error;
  }

  #outOfMemory(op: string, bytes: number): OutOfMemoryError {
    const groups = this.#machine?.heap.groups() ?? [];
    return new OutOfMemoryError(op, bytes, { bytes: this.#bytes, buffers: this.#buffers, largest: largestGroups(groups) });
  }

  #find(op: string, buffer: KernelBuffer): WasmBuffer {
    const isOwn = buffer instanceof WasmBuffer && buffer.owner === this;
    if (isOwn && buffer.references > 0 && this.#machine !== undefined) return buffer;
    this.#alive(op);
    const got = isOwn ? 'one that was released' : 'one of another backend';
    throw new BackendError(op, `buffers must be live and of this wasm backend, got ${got}`);
  }

  #alive(op: string): Machine {
    if (this.#machine !== undefined) return this.#machine;
    throw new BackendError(op, 'the backend must not be disposed, got a disposed wasm backend');
  }
}

/** `array`, with the elements of a block that is given back. */
function moved(heap: Heap, block: Block, array: Uint8Array): Uint8Array {
  array.set(heap.bytesAt(block.pointer, array.length));
  heap.free(block);
  return array;
}

/** The bytes at home, in place. */
function bytesOf(heap: Heap, home: Block | Uint8Array, bytes: number): Uint8Array {
  return home instanceof Uint8Array ? home : heap.bytesAt(home.pointer, bytes);
}

/** The elements of `dtype` in `bytes`, in place. */
function viewOf(dtype: DType, bytes: Uint8Array): TypedArray {
  if (dtype === 'float32') return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  if (dtype === 'int32') return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return bytes;
}
