import type {
  Backend,
  BackendInfo,
  BackendStats,
  DType,
  FusedKernelAttrs,
  FusedKernelName,
  KernelAttrs,
  KernelBuffer,
  KernelInput,
  KernelName,
  TensorSpec,
  TypedArray,
} from '@dl/kernels';
import { expect } from 'vitest';

interface Pair extends KernelBuffer {
  readonly one: KernelBuffer;
  readonly many: KernelBuffer;
}

/** Does everything on one thread and on several, and expects the same bits of both. */
export class Twins implements Backend {
  readonly name = 'twins';
  readonly #one: Backend;
  readonly #many: Backend;

  constructor(one: Backend, many: Backend) {
    this.#one = one;
    this.#many = many;
  }

  info(): BackendInfo {
    return this.#many.info();
  }

  supports(kernel: KernelName, dtype: DType): boolean {
    return this.#many.supports(kernel, dtype);
  }

  upload(data: TypedArray, spec: TensorSpec): KernelBuffer {
    return pair(this.#one.upload(data, spec), this.#many.upload(data, spec));
  }

  run<K extends KernelName>(kernel: K, inputs: readonly KernelInput[], attrs: KernelAttrs[K], out: TensorSpec): KernelBuffer {
    let one: KernelBuffer | undefined;
    let failure: unknown;
    try {
      one = this.#one.run(
        kernel,
        inputs.map((input) => ({ ...input, buffer: twin(input.buffer).one })),
        attrs,
        out,
      );
    } catch (error) {
      failure = error;
    }
    const many = inputs.map((input) => ({ ...input, buffer: twin(input.buffer).many }));
    if (one === undefined) {
      expect(() => this.#many.run(kernel, many, attrs, out)).toThrow((failure as Error).message);
      throw failure;
    }
    return pair(one, this.#many.run(kernel, many, attrs, out));
  }

  fuses(kernel: FusedKernelName, dtype: DType): boolean {
    return this.#many.fuses(kernel, dtype);
  }

  runFused<K extends FusedKernelName>(
    kernel: K,
    inputs: readonly KernelInput[],
    attrs: FusedKernelAttrs[K],
    outs: readonly TensorSpec[],
  ): readonly KernelBuffer[] {
    const of = (side: 'one' | 'many'): KernelInput[] => inputs.map((input) => ({ ...input, buffer: twin(input.buffer)[side] }));
    const many = this.#many.runFused(kernel, of('many'), attrs, outs);
    return this.#one.runFused(kernel, of('one'), attrs, outs).map((buffer, i) => pair(buffer, many[i]));
  }

  async read(input: KernelInput): Promise<TypedArray> {
    const { one, many } = twin(input.buffer);
    const want = await this.#one.read({ ...input, buffer: one });
    const got = await this.#many.read({ ...input, buffer: many });
    expect(Buffer.compare(bytesOf(got), bytesOf(want)), 'bits must be those of one thread').toBe(0);
    return got;
  }

  retain(buffer: KernelBuffer): void {
    this.#one.retain(twin(buffer).one);
    this.#many.retain(twin(buffer).many);
  }

  release(buffer: KernelBuffer): void {
    this.#one.release(twin(buffer).one);
    this.#many.release(twin(buffer).many);
  }

  offload(buffer: KernelBuffer): void {
    this.#one.offload(twin(buffer).one);
    this.#many.offload(twin(buffer).many);
  }

  sync(): Promise<void> {
    return this.#many.sync();
  }

  stats(): BackendStats {
    return this.#many.stats();
  }

  dispose(): void {
    this.#one.dispose();
    this.#many.dispose();
  }
}

function pair(one: KernelBuffer, many: KernelBuffer): Pair {
  return { bytes: one.bytes, one, many };
}

function twin(buffer: KernelBuffer): Pair {
  if ('one' in buffer && 'many' in buffer) return buffer as Pair;
  throw new Error('a buffer of the twins was expected');
}

/** WebAssembly leaves the sign and payload of a NaN that is computed to the compiler, and V8 has two, which threads may be running in turn. */
function bytesOf(data: TypedArray): Uint8Array {
  if (data instanceof Float32Array) for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) data[i] = Number.NaN;
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
