import {
  type Backend,
  BackendError,
  type BackendInfo,
  type BackendStats,
  bytesPerElement,
  checkRunDType,
  checkUpload,
  createTypedArray,
  type DType,
  type FusedKernelAttrs,
  type FusedKernelName,
  type KernelAttrs,
  type KernelBuffer,
  type KernelInput,
  type KernelName,
  requiredDTypes,
  runReference,
  sizeOf,
  type TensorSpec,
  type TypedArray,
} from '@dl/kernels';
import { checkIndices } from './check-indices.ts';
import { fromFloats, isInexact, toFloats } from './elements.ts';
import { fusedKernels } from './fused/table.ts';
import { GpuBuffer } from './gpu-buffer.ts';
import type { GpuDevice, Storage } from './gpu-device.ts';
import { onHost, runsOnHost } from './host-kernels.ts';
import { kernelFor } from './kernels/kernel-for.ts';
import type { FusedKernel, Machine, Operand, Sheet } from './machine.ts';
import { WorkQueue } from './work-queue.ts';

/** Uploaded floats up to this many bytes stay on the host as well, where kernels of the host find them. */
const keptBytes = 1024;

/** What a GPU backend is. */
export interface GpuInfo extends BackendInfo {
  readonly adapter: string;
  readonly software: boolean;
  readonly strictNumerics: boolean;
  /** Kernels that the CPU computes, whose results are uploaded. */
  readonly onHost: readonly string[];
  /** Programs compiled and kept. */
  readonly programs: number;
  /** Milliseconds spent on translating and compiling programs. */
  readonly compileMs: number;
}

/** A {@link Backend} whose `info()` describes the GPU. */
export interface GpuBackend extends Backend {
  info(): GpuInfo;
}

/** Kernels of gpu.js on one device, with the buffers that live there. */
export class DeviceBackend implements GpuBackend {
  readonly name = 'gpu';
  readonly #device: GpuDevice;
  readonly #refused: readonly string[];
  readonly #queue = new WorkQueue();
  readonly #machine: Machine;
  readonly #scratch: Storage[] = [];
  #buffers = 0;
  #bytes = 0;
  #peakBytes = 0;
  #hostBytes = 0;
  #isDisposed = false;

  constructor(device: GpuDevice, refused: readonly string[] = []) {
    this.#device = device;
    this.#refused = refused;
    const { sheets } = device;
    this.#machine = {
      mode: device.mode,
      isSoftware: device.isSoftware,
      sheets: sheets && {
        side: sheets.side,
        take: (width, height, layers = 1) => ({ width, height, storage: this.#held(sheets.allocate(width, height, layers)) }),
      },
      launch: (program, inputs, output, { ints = [], floats = [], grid } = {}) => {
        const texels = texelsOf(output);
        // Of several results some may be empty.
        if (texels === 0) return;
        device.launch({
          program,
          inputs: inputs.map(({ storage }) => storage),
          ints,
          floats,
          output: output.storage,
          texels,
          grid,
        });
      },
      scratch: (spec) => ({ ...spec, storage: this.#held(device.allocate(sizeOf(spec.shape))) }),
    };
  }

  info(): GpuInfo {
    const { mode, adapter, isSoftware, compiled } = this.#device;
    return {
      name: this.name,
      mode,
      threads: 1,
      refused: this.#refused,
      adapter,
      software: isSoftware,
      strictNumerics: false,
      onHost,
      ...compiled,
    };
  }

  supports(kernel: KernelName, dtype: DType): boolean {
    return requiredDTypes[kernel].includes(dtype);
  }

  upload(data: TypedArray, spec: TensorSpec): KernelBuffer {
    this.#alive('upload');
    checkUpload(data, spec);
    if (spec.dtype === 'float64') throw new BackendError('upload', 'dtype must not be float64 on the gpu backend, got float64');
    const buffer = this.#make(spec);
    const copy = createTypedArray(spec.dtype, data.length);
    copy.set(data);
    this.#keep(buffer, copy);
    return this.#adopt(buffer);
  }

  run<K extends KernelName>(kernel: K, inputs: readonly KernelInput[], attrs: KernelAttrs[K], out: TensorSpec): KernelBuffer {
    this.#alive(kernel);
    checkRunDType(this.name, kernel, inputs, out);
    const buffers = inputs.map(({ buffer }) => this.#find(kernel, buffer));
    checkIndices(kernel, inputs, hostsOf(buffers), attrs, out);
    const result = this.#make(out);
    const compute = kernelFor(this.#machine, kernel, inputs, attrs, out);
    if (result.length === 0) {
      this.#keep(result, createTypedArray(out.dtype, 0));
    } else {
      const isOnHost = compute === undefined || runsOnHost(kernel, inputs, attrs, out);
      this.#schedule(buffers, [result], () => {
        // What an input needs is known when it has been computed, which may be later than now.
        if (isOnHost || buffers.some(({ isInexact }) => isInexact)) {
          return this.#runOnHost(kernel, inputs, buffers, attrs, out, result);
        }
        compute(this.#machine, this.#operands(inputs, buffers), attrs, this.#place(out, result));
      });
    }
    return this.#adopt(result);
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
    this.#alive(kernel);
    const compute: FusedKernel<K> | undefined = fusedKernels[kernel];
    if (compute === undefined || inputs[0].dtype !== 'float32') {
      throw new BackendError(
        kernel,
        `fused kernels must be asked of a backend that fuses() them, got ${inputs[0].dtype} on the gpu backend`,
      );
    }
    const buffers = inputs.map(({ buffer }) => this.#find(kernel, buffer));
    checkIndices(kernel, inputs, hostsOf(buffers), attrs, outs[0]);
    const results = outs.map((out) => this.#make(out));
    this.#schedule(buffers, results, () => {
      compute(
        this.#machine,
        this.#operands(inputs, buffers),
        attrs,
        outs.map((out, i) => this.#place(out, results[i])),
      );
    });
    return results.map((result) => this.#adopt(result));
  }

  async read(input: KernelInput): Promise<TypedArray> {
    const buffer = this.#find('read', input.buffer);
    buffer.uses++;
    try {
      await this.#queue.idle();
      return (await this.#toHost(buffer)).slice();
    } finally {
      this.#unuse(buffer);
    }
  }

  retain(buffer: KernelBuffer): void {
    this.#find('retain', buffer).references++;
  }

  release(buffer: KernelBuffer): void {
    if (this.#isDisposed) return;
    const own = this.#find('release', buffer);
    if (--own.references > 0) return;
    this.#buffers--;
    this.#bytes -= own.bytes;
    if (own.uses === 0) this.#forget(own);
  }

  /** Nothing to do: the device has room for the loss of each step until the garbage collector finds its tensor. */
  offload(buffer: KernelBuffer): void {
    this.#find('offload', buffer);
  }

  async sync(): Promise<void> {
    await this.#queue.idle();
    await this.#device.sync();
    this.#alive('sync');
  }

  stats(): BackendStats {
    const reservedBytes = this.#device.reservedBytes + this.#hostBytes;
    return { buffers: this.#buffers, bytes: this.#bytes, peakBytes: this.#peakBytes, reservedBytes };
  }

  dispose(): void {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    this.#buffers = 0;
    this.#bytes = 0;
    this.#hostBytes = 0;
    this.#device.dispose();
  }

  #unuse(buffer: GpuBuffer): void {
    buffer.uses--;
    if (buffer.uses === 0 && buffer.references === 0) this.#forget(buffer);
  }

  /** Gives the memory of a buffer back. */
  #forget(buffer: GpuBuffer): void {
    if (this.#isDisposed) return;
    if (buffer.storage !== undefined) this.#device.free(buffer.storage);
    buffer.storage = undefined;
    this.#keep(buffer, undefined);
  }

  /** Runs a task when those before are done. An error is thrown where it runs at once; later, it waits in the results. */
  #schedule(inputs: readonly GpuBuffer[], results: readonly GpuBuffer[], task: () => void | Promise<void>): void {
    const wasBusy = this.#queue.isBusy;
    for (const buffer of inputs) buffer.uses++;
    for (const buffer of results) buffer.uses++;
    const settle = () => {
      for (const storage of this.#scratch.splice(0)) this.#device.free(storage);
      for (const buffer of inputs) this.#unuse(buffer);
      for (const buffer of results) this.#unuse(buffer);
    };
    const fail = (error: unknown) => {
      for (const result of results) result.failure = error;
    };
    this.#queue.add(() => {
      let waiting: void | Promise<void>;
      try {
        waiting = task();
      } catch (error) {
        if (!wasBusy) for (const result of results) result.references = 0;
        settle();
        if (!wasBusy) throw error;
        fail(error);
        return;
      }
      if (waiting === undefined) settle();
      else return waiting.catch(fail).finally(settle);
    });
  }

  /** Computes on the CPU what the device does not. */
  #runOnHost<K extends KernelName>(
    kernel: K,
    inputs: readonly KernelInput[],
    buffers: readonly GpuBuffer[],
    attrs: KernelAttrs[K],
    out: TensorSpec,
    result: GpuBuffer,
  ): void | Promise<void> {
    const compute = (data: readonly TypedArray[]) => {
      const views = inputs.map(({ shape, dtype }, i) => ({ shape, dtype, data: data[i] }));
      this.#keep(result, runReference(kernel, views, attrs, out));
    };
    const data = buffers.map((buffer) => this.#hostNow(buffer));
    if (data.every((array) => array !== undefined)) return compute(data);
    return Promise.all(buffers.map((buffer) => this.#toHost(buffer))).then(compute);
  }

  /** The elements of a buffer on the host, where they can be had without waiting. */
  #hostNow(buffer: GpuBuffer): TypedArray | undefined {
    if (buffer.host !== undefined || buffer.storage === undefined) return buffer.host;
    const floats = this.#device.readNow(buffer.storage, buffer.length);
    return floats === undefined ? undefined : fromFloats(floats, buffer.dtype);
  }

  async #toHost(buffer: GpuBuffer): Promise<TypedArray> {
    if (buffer.failure !== undefined) throw buffer.failure;
    if (buffer.host !== undefined) return buffer.host;
    this.#alive('read');
    if (buffer.storage === undefined) throw new BackendError('read', 'buffers must have elements, got one without');
    return fromFloats(await this.#device.read(buffer.storage, buffer.length), buffer.dtype);
  }

  /** Sets what a buffer has on the host. */
  #keep(buffer: GpuBuffer, host: TypedArray | undefined): void {
    this.#hostBytes += (host?.byteLength ?? 0) - (buffer.host?.byteLength ?? 0);
    buffer.host = host;
    buffer.isInexact = host !== undefined && isInexact(host);
  }

  /** Memory until the end of the running kernel. */
  #held(storage: Storage): Storage {
    this.#scratch.push(storage);
    return storage;
  }

  #operands(inputs: readonly KernelInput[], buffers: readonly GpuBuffer[]): Operand[] {
    return inputs.map(({ shape, dtype }, i) => ({ shape, dtype, storage: this.#toDevice(buffers[i]) }));
  }

  #toDevice(buffer: GpuBuffer): Storage {
    if (buffer.failure !== undefined) throw buffer.failure;
    if (buffer.storage !== undefined) return buffer.storage;
    const storage = this.#device.allocate(buffer.length);
    if (buffer.host !== undefined) this.#device.write(storage, toFloats(buffer.host));
    buffer.storage = storage;
    if (buffer.dtype === 'float32' && buffer.bytes > keptBytes) this.#keep(buffer, undefined);
    return storage;
  }

  #place(spec: TensorSpec, buffer: GpuBuffer): Operand {
    buffer.storage = this.#device.allocate(buffer.length);
    return { shape: spec.shape, dtype: spec.dtype, storage: buffer.storage };
  }

  #make({ shape, dtype }: TensorSpec): GpuBuffer {
    const length = sizeOf(shape);
    return new GpuBuffer(this, dtype, length, length * bytesPerElement(dtype));
  }

  #adopt(buffer: GpuBuffer): GpuBuffer {
    this.#buffers++;
    this.#bytes += buffer.bytes;
    this.#peakBytes = Math.max(this.#peakBytes, this.#bytes);
    return buffer;
  }

  #find(op: string, buffer: KernelBuffer): GpuBuffer {
    const isOwn = buffer instanceof GpuBuffer && buffer.owner === this;
    if (isOwn && buffer.references > 0 && !this.#isDisposed) return buffer;
    this.#alive(op);
    const got = isOwn ? 'one that was released' : 'one of another backend';
    throw new BackendError(op, `buffers must be live and of this gpu backend, got ${got}`);
  }

  #alive(op: string): void {
    if (this.#isDisposed) throw new BackendError(op, 'the backend must not be disposed, got a disposed gpu backend');
    const { lost, mode } = this.#device;
    if (lost === undefined) return;
    throw new BackendError(op, `the ${mode} device must be there, got a lost one: ${lost} (go on with another backend)`);
  }
}

function hostsOf(buffers: readonly GpuBuffer[]): (TypedArray | undefined)[] {
  return buffers.map(({ host }) => host);
}

function texelsOf(output: Operand | Sheet): number {
  return 'shape' in output ? Math.ceil(sizeOf(output.shape) / 4) : output.width * output.height;
}
