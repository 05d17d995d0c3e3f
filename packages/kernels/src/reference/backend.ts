import type { KernelAttrs, KernelName } from '../attrs.ts';
import type { Backend, BackendInfo, BackendStats, KernelBuffer, KernelInput, TensorSpec } from '../backend.ts';
import { checkRunDType, checkUpload } from '../check-run.ts';
import { bytesPerElement, createTypedArray, type DType, type TypedArray } from '../dtype.ts';
import { BackendError, type BufferGroup, largestGroups, OutOfMemoryError } from '../errors.ts';
import type { FusedKernelName } from '../fused.ts';
import { requiredDTypes } from '../required.ts';
import { sizeOf } from '../shape.ts';
import { rules } from './rules.ts';
import type { Kernel, View } from './view.ts';

/**
 * The reference backend: every kernel in plain TypeScript, for the dtypes that a backend owes and for float64.
 *
 * It is the oracle of the others: simple loops, sums in double precision that are rounded once, and checks where others
 * trust. It is slow, and everything happens at once: `run` returns when the work is done.
 *
 * @example
 * const backend = createReferenceBackend();
 * const x = { buffer: backend.upload(Float32Array.of(1, 4, 9), { shape: [3], dtype: 'float32' }), shape: [3], dtype: 'float32' } as const;
 * const y = { ...x, buffer: backend.run('unary', [x], { fn: 'sqrt' }, x) };
 * await backend.read(y) // Float32Array [1, 2, 3]
 */
export function createReferenceBackend(): Backend {
  return new ReferenceBackend();
}

/** Elements, and who holds on to them. */
class ReferenceBuffer implements KernelBuffer {
  readonly data: TypedArray;
  references = 1;

  constructor(data: TypedArray) {
    this.data = data;
  }

  get bytes(): number {
    return this.data.byteLength;
  }
}

class ReferenceBackend implements Backend {
  readonly name = 'reference';
  readonly #live = new Set<ReferenceBuffer>();
  #bytes = 0;
  #isDisposed = false;
  #peakBytes = 0;

  info(): BackendInfo {
    return { name: this.name, mode: 'typescript', threads: 1, refused: [] };
  }

  supports(kernel: KernelName, dtype: DType): boolean {
    return dtype === 'float64' || requiredDTypes[kernel].includes(dtype);
  }

  upload(data: TypedArray, spec: TensorSpec): KernelBuffer {
    checkUpload(data, spec);
    const copy = this.#allocate('upload', spec.dtype, data.length);
    copy.set(data);
    return this.#adopt(copy);
  }

  run<K extends KernelName>(kernel: K, inputs: readonly KernelInput[], attrs: KernelAttrs[K], out: TensorSpec): KernelBuffer {
    checkRunDType(this.name, kernel, inputs, out, ['float64']);
    const data = this.#allocate(kernel, out.dtype, sizeOf(out.shape));
    const rule: Kernel<K> = rules[kernel];
    rule(
      inputs.map((input) => this.#view(kernel, input)),
      attrs,
      { data, shape: out.shape, dtype: out.dtype },
    );
    return this.#adopt(data);
  }

  /** Never: composites of its kernels are the oracle of fused ones. */
  fuses(): boolean {
    return false;
  }

  runFused(kernel: FusedKernelName): readonly KernelBuffer[] {
    throw new BackendError(kernel, 'fused kernels must be asked of a backend that fuses() them, got the reference backend');
  }

  async read(input: KernelInput): Promise<TypedArray> {
    return this.#find('read', input.buffer).data.slice();
  }

  retain(buffer: KernelBuffer): void {
    this.#find('retain', buffer).references++;
  }

  release(buffer: KernelBuffer): void {
    if (this.#isDisposed) return;
    const own = this.#find('release', buffer);
    own.references--;
    if (own.references > 0) return;
    this.#live.delete(own);
    this.#bytes -= own.bytes;
  }

  /** Nothing to do: the elements are in the garbage collector's care already. */
  offload(buffer: KernelBuffer): void {
    this.#find('offload', buffer);
  }

  async sync(): Promise<void> {}

  stats(): BackendStats {
    return { buffers: this.#live.size, bytes: this.#bytes, peakBytes: this.#peakBytes, reservedBytes: this.#bytes };
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#live.clear();
    this.#bytes = 0;
  }

  #allocate(op: string, dtype: DType, size: number): TypedArray {
    try {
      return createTypedArray(dtype, size);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const groups = new Map<number, BufferGroup>();
      for (const { bytes } of this.#live) groups.set(bytes, { bytes, count: (groups.get(bytes)?.count ?? 0) + 1 });
      const held = { bytes: this.#bytes, buffers: this.#live.size, largest: largestGroups(groups.values()) };
      throw new OutOfMemoryError(op, size * bytesPerElement(dtype), held);
    }
  }

  #adopt(data: TypedArray): ReferenceBuffer {
    const buffer = new ReferenceBuffer(data);
    this.#live.add(buffer);
    this.#bytes += buffer.bytes;
    this.#peakBytes = Math.max(this.#peakBytes, this.#bytes);
    return buffer;
  }

  #view(kernel: KernelName, input: KernelInput): View {
    return { data: this.#find(kernel, input.buffer).data, shape: input.shape, dtype: input.dtype };
  }

  #find(op: string, buffer: KernelBuffer): ReferenceBuffer {
    if (buffer instanceof ReferenceBuffer && this.#live.has(buffer)) return buffer;
    const got =
      buffer instanceof ReferenceBuffer ? 'one that was released, or of another reference backend' : 'one of another backend';
    throw new BackendError(op, `buffers must be live and of this reference backend, got ${got}`);
  }
}
