import {
  ArgumentError,
  type Backend,
  BackendError,
  type BackendInfo,
  type BackendStats,
  bytesPerElement,
  type DType,
  formatShape,
  type KernelAttrs,
  type KernelBuffer,
  type KernelInput,
  type KernelName,
  requiredDTypes,
  sizeOf,
  type TensorSpec,
  type TypedArray,
} from '@dl/kernels';
import { type Block, Heap } from './heap.ts';
import type { KernelInstance } from './instantiate.ts';
import { kernels } from './kernels/table.ts';
import type { Kernel, Machine } from './machine.ts';
import { WasmBuffer } from './wasm-buffer.ts';

/** Buffers up to this many bytes leave the heap when they are offloaded. */
const offloadBytes = 1024;

/** Where the elements of a released buffer are. */
const nowhere = new Uint8Array(0);

/** Kernels on one memory, with the buffers that live in it. */
export class WasmBackend implements Backend {
  readonly name = 'wasm';
  readonly #instance: KernelInstance;
  readonly #machine: Machine;
  readonly #heap: Heap;
  /** Addresses of the inputs of the running kernel, and the blocks that hold those from outside the heap. */
  readonly #at: number[] = [];
  readonly #staged: Block[] = [];
  readonly #budget: number;
  #buffers = 0;
  #bytes = 0;
  #peakBytes = 0;
  #hasWarned = false;
  #isDisposed = false;

  constructor(instance: KernelInstance, memoryBudgetBytes: number) {
    this.#instance = instance;
    this.#budget = memoryBudgetBytes;
    this.#heap = new Heap(instance.memory, instance.exports.heapBase(), memoryBudgetBytes);
    this.#machine = { wasm: instance.exports, heap: this.#heap };
  }

  info(): BackendInfo {
    return { name: this.name, mode: this.#instance.mode, threads: 1, refused: this.#instance.refused };
  }

  supports(kernel: KernelName, dtype: DType): boolean {
    return requiredDTypes[kernel].includes(dtype);
  }

  upload(data: TypedArray, spec: TensorSpec): KernelBuffer {
    const size = sizeOf(spec.shape);
    if (data.length !== size) {
      throw new ArgumentError('upload', `data must fill the shape, got ${data.length} elements and ${formatShape(spec.shape)}`);
    }
    if (spec.dtype === 'float64') throw new BackendError('upload', 'dtype must not be float64 on the wasm backend, got float64');
    this.#checkAlive('upload');
    const bytes = size * bytesPerElement(spec.dtype);
    const home = this.#heap.allocate(bytes) ?? this.#spillTo(bytes);
    viewOf(spec.dtype, this.#bytesOf(home, bytes)).set(data);
    return this.#adopt(new WasmBuffer(this, bytes, home));
  }

  run<K extends KernelName>(kernel: K, inputs: readonly KernelInput[], attrs: KernelAttrs[K], out: TensorSpec): KernelBuffer {
    this.#checkAlive(kernel);
    this.#checkDType(kernel, inputs, out);
    const bytes = sizeOf(out.shape) * bytesPerElement(out.dtype);
    const compute: Kernel<K> = kernels[kernel];
    let block: Block | undefined;
    try {
      for (let i = 0; i < inputs.length; i++) this.#at[i] = this.#locate(kernel, inputs[i].buffer);
      const own = this.#heap.allocate(bytes);
      block = own ?? this.#heap.stage(bytes);
      compute(this.#machine, inputs, this.#at, attrs, out, block.pointer);
      return this.#adopt(new WasmBuffer(this, bytes, own ?? this.#spill(block, bytes)));
    } catch (error) {
      if (block !== undefined) this.#heap.free(block);
      throw error;
    } finally {
      if (this.#staged.length > 0) this.#freeStaged();
    }
  }

  async read(input: KernelInput): Promise<TypedArray> {
    const { home, bytes } = this.#find('read', input.buffer);
    return viewOf(input.dtype, this.#bytesOf(home, bytes)).slice();
  }

  retain(buffer: KernelBuffer): void {
    this.#find('retain', buffer).references++;
  }

  release(buffer: KernelBuffer): void {
    const own = this.#find('release', buffer);
    if (--own.references > 0) return;
    if (!(own.home instanceof Uint8Array)) this.#heap.free(own.home);
    if (!own.isOffloaded) this.#forget(own);
    own.home = nowhere;
  }

  offload(buffer: KernelBuffer): void {
    const own = this.#find('offload', buffer);
    if (own.isOffloaded || own.bytes > offloadBytes) return;
    if (!(own.home instanceof Uint8Array)) {
      const block = own.home;
      own.home = this.#bytesOf(block, own.bytes).slice();
      this.#heap.free(block);
    }
    own.isOffloaded = true;
    this.#forget(own);
  }

  async sync(): Promise<void> {}

  stats(): BackendStats {
    return { buffers: this.#buffers, bytes: this.#bytes, peakBytes: this.#peakBytes, reservedBytes: this.#heap.reservedBytes };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#buffers = 0;
    this.#bytes = 0;
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
  #locate(op: string, buffer: KernelBuffer): number {
    const { home, bytes } = this.#find(op, buffer);
    if (!(home instanceof Uint8Array)) return home.pointer;
    const staged = this.#heap.stage(bytes);
    this.#staged.push(staged);
    this.#heap.bytesAt(staged.pointer, bytes).set(home);
    return staged.pointer;
  }

  #bytesOf(home: Block | Uint8Array, bytes: number): Uint8Array {
    return home instanceof Uint8Array ? home : this.#heap.bytesAt(home.pointer, bytes);
  }

  #freeStaged(): void {
    for (const block of this.#staged) this.#heap.free(block);
    this.#staged.length = 0;
  }

  /** Moves a result that has no place in the heap out of it. */
  #spill(block: Block, bytes: number): Uint8Array {
    const array = this.#spillTo(bytes);
    array.set(this.#heap.bytesAt(block.pointer, bytes));
    this.#heap.free(block);
    return array;
  }

  #spillTo(bytes: number): Uint8Array {
    if (!this.#hasWarned) {
      this.#hasWarned = true;
      console.warn(
        `@dl/kernels-wasm: ${this.#buffers} live buffers fill the memory budget of ${this.#budget} bytes; new ones go to ordinary ` +
          'arrays, which is slow. Dispose tensors, use tidy(), or raise memoryBudgetBytes.',
      );
    }
    return new Uint8Array(bytes);
  }

  #find(op: string, buffer: KernelBuffer): WasmBuffer {
    if (buffer instanceof WasmBuffer && buffer.owner === this && buffer.references > 0 && !this.#isDisposed) return buffer;
    this.#checkAlive(op);
    const isOwn = buffer instanceof WasmBuffer && buffer.owner === this;
    const got = isOwn ? 'one that was released' : 'one of another backend';
    throw new BackendError(op, `buffers must be live and of this wasm backend, got ${got}`);
  }

  #checkAlive(op: string): void {
    if (this.#isDisposed) throw new BackendError(op, 'the backend must not be disposed, got a disposed wasm backend');
  }

  #checkDType(kernel: KernelName, inputs: readonly KernelInput[], out: TensorSpec): void {
    const index = kernel === 'scatterAdd' || kernel === 'indexAdd' || kernel === 'select' ? 1 : 0;
    const dtype = inputs.length > index ? inputs[index].dtype : out.dtype;
    const supported = requiredDTypes[kernel];
    if (supported.includes(dtype) && out.dtype !== 'float64') return;
    const got = supported.includes(dtype) ? out.dtype : dtype;
    throw new BackendError(kernel, `dtype must be one of ${supported.join(', ')} on the wasm backend, got ${got} (cast first)`);
  }
}

/** The elements of `dtype` in `bytes`, in place. */
function viewOf(dtype: DType, bytes: Uint8Array): TypedArray {
  if (dtype === 'float32') return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  if (dtype === 'int32') return new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  return bytes;
}
