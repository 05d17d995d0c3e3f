import { BackendError } from '@dl/kernels';
import type { CompileStats, GpuDevice, Grid, Launch, Storage } from '../gpu-device.ts';
import type { GpuJs } from '../gpujs.ts';
import type { Program } from '../kernel-source.ts';
import { wgsl } from '../language/wgsl.ts';
import { ProgramCache } from '../program-cache.ts';
import { StoragePool, sizeClass } from '../storage-pool.ts';
import { type Translation, translate } from './compile.ts';
import { ParameterRing } from './parameter-ring.ts';

/** Values of `GPUBufferUsage` and `GPUMapMode`, which Node has no globals for. */
export const usage = { mapRead: 0x1, copySource: 0x4, copyTarget: 0x8, uniform: 0x40, storage: 0x80 } as const;
const mapForReading = 1;

/** `GPUShaderStage.COMPUTE`. */
const compute = 4;

/** Launches that are handed to the queue at once. */
const batch = 32;

class WebGpuStorage implements Storage {
  readonly buffer: GPUBuffer;
  /** Texels. */
  readonly size: number;

  constructor(buffer: GPUBuffer, size: number) {
    this.buffer = buffer;
    this.size = size;
  }

  get bytes(): number {
    return this.size * 16;
  }
}

interface Compiled extends Translation {
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
}

/** gpu.js kernels on WebGPU. gpu.js writes the shaders; buffers, bind groups and the queue are ours. */
export class WebGpuDevice implements GpuDevice {
  readonly mode = 'webgpu';
  readonly adapter: string;
  readonly isSoftware: boolean;
  readonly #device: GPUDevice;
  readonly #programs: ProgramCache<Compiled>;
  readonly #pool: StoragePool<WebGpuStorage>;
  readonly #ring: ParameterRing;
  #encoder: GPUCommandEncoder | undefined;
  #launches = 0;
  #lost: string | undefined;
  #checked: Promise<void> = Promise.resolve();

  constructor(gpujs: GpuJs, device: GPUDevice, adapter: string, isSoftware: boolean) {
    this.adapter = adapter;
    this.isSoftware = isSoftware;
    this.#device = device;
    this.#programs = new ProgramCache((program) => this.#compile(gpujs, program));
    this.#pool = new StoragePool(({ buffer }) => {
      // Launches that use it may not have been handed in yet.
      this.#submit();
      buffer.destroy();
    });
    this.#ring = new ParameterRing(device, batch);
    device.lost.then(({ message }) => {
      this.#lost ??= message;
    });
    device.addEventListener('uncapturederror', (event) => {
      event.preventDefault();
      this.#lost ??= event.error.message;
    });
  }

  get lost(): string | undefined {
    return this.#lost;
  }

  get reservedBytes(): number {
    return this.#pool.reservedBytes;
  }

  get compiled(): CompileStats {
    return this.#programs.stats;
  }

  allocate(elements: number): WebGpuStorage {
    const size = sizeClass(Math.max(Math.ceil(elements / 4), 1));
    return this.#pool.take(size, () => this.#create(size));
  }

  free(storage: Storage): void {
    this.#pool.give(own(storage));
  }

  write(storage: Storage, data: Float32Array): void {
    this.#submit();
    this.#device.queue.writeBuffer(own(storage).buffer, 0, data.buffer, data.byteOffset, data.byteLength);
  }

  launch({ program, inputs, ints, floats, output, texels, grid }: Launch): void {
    const compiled = this.#programs.get(program);
    const { buffer } = own(output);
    const [x, y, z] = grid ?? groupsOf(texels, this.#device.limits.maxComputeWorkgroupsPerDimension);
    const parameters = this.#ring.next(compiled.paramsBytes);
    parameters.setUint32(0, texels, true);
    parameters.setUint32(4, 1, true);
    parameters.setUint32(8, 1, true);
    parameters.setUint32(12, x * 64, true);
    for (let i = 0; i < ints.length; i++) parameters.setInt32(compiled.scalars[i].offset, ints[i], true);
    for (let i = 0; i < floats.length; i++) parameters.setFloat32(compiled.scalars[ints.length + i].offset, floats[i], true);
    const entries: GPUBindGroupEntry[] = [{ binding: 0, resource: this.#ring.binding(compiled.paramsBytes) }];
    for (let i = 0; i < inputs.length; i++) entries.push({ binding: i + 1, resource: { buffer: own(inputs[i]).buffer } });
    entries.push({ binding: inputs.length + 1, resource: { buffer } });
    this.#encoder ??= this.#device.createCommandEncoder();
    const pass = this.#encoder.beginComputePass();
    pass.setPipeline(compiled.pipeline);
    pass.setBindGroup(0, this.#device.createBindGroup({ layout: compiled.layout, entries }));
    pass.dispatchWorkgroups(x, y, z);
    pass.end();
    if (++this.#launches === batch) this.#submit();
  }

  /** Never: WebGPU has no way to wait. */
  readNow(): undefined {
    return undefined;
  }

  async read(storage: Storage, elements: number): Promise<Float32Array> {
    const size = Math.max(elements * 4, 4);
    const staging = this.#device.createBuffer({ size, usage: usage.mapRead | usage.copyTarget });
    this.#encoder ??= this.#device.createCommandEncoder();
    this.#encoder.copyBufferToBuffer(own(storage).buffer, 0, staging, 0, size);
    this.#submit();
    try {
      await Promise.all([staging.mapAsync(mapForReading), this.#checked]);
      if (this.#lost !== undefined) throw new Error(this.#lost);
      return new Float32Array(staging.getMappedRange()).slice(0, elements);
    } catch (error) {
      throw new BackendError('read', `the device must be there, got a lost one: ${this.#lost ?? String(error)}`);
    } finally {
      staging.destroy();
    }
  }

  async sync(): Promise<void> {
    this.#submit();
    await Promise.all([this.#device.queue.onSubmittedWorkDone(), this.#checked]);
  }

  dispose(): void {
    this.#lost ??= 'the backend was disposed';
    this.#pool.clear();
    this.#ring.destroy();
    this.#device.destroy();
  }

  #submit(): void {
    if (this.#encoder === undefined) return;
    this.#ring.flush();
    this.#device.pushErrorScope('validation');
    this.#device.queue.submit([this.#encoder.finish()]);
    this.#check((message) => message);
    this.#encoder = undefined;
    this.#launches = 0;
  }

  /** Closes the error scope that is open. WebGPU tells later whether it refused something, and then computes nothing: reading waits for that. */
  #check(describe: (message: string) => string): void {
    this.#checked = this.#device.popErrorScope().then((error) => {
      if (error !== null) this.#lost ??= describe(error.message);
    });
  }

  #compile(gpujs: GpuJs, program: Program): Compiled {
    const translation = translate(gpujs, program.source(wgsl));
    const device = this.#device;
    device.pushErrorScope('validation');
    const module = device.createShaderModule({ code: translation.code });
    const binding = (at: number, type: GPUBufferBindingType) => ({ binding: at, visibility: compute, buffer: { type } });
    const layout = device.createBindGroupLayout({
      entries: [
        binding(0, 'uniform'),
        ...Array.from({ length: translation.buffers }, (_, i) => binding(i + 1, 'read-only-storage')),
        binding(translation.buffers + 1, 'storage'),
      ],
    });
    const pipeline = device.createComputePipeline({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: 'main' },
    });
    this.#check((message) => `a shader that does not compile (${program.key}: ${message})\n${translation.code}`);
    return { ...translation, pipeline, layout };
  }

  #create(texels: number): WebGpuStorage {
    const size = texels * 16;
    const { maxStorageBufferBindingSize, maxBufferSize } = this.#device.limits;
    const limit = Math.min(maxStorageBufferBindingSize, maxBufferSize);
    if (size > limit)
      throw new BackendError('allocate', `a buffer must have at most ${limit} bytes on this adapter, got ${size}`);
    const buffer = this.#device.createBuffer({ size, usage: usage.storage | usage.copySource | usage.copyTarget });
    return new WebGpuStorage(buffer, texels);
  }
}

function own(storage: Storage): WebGpuStorage {
  if (storage instanceof WebGpuStorage) return storage;
  throw new BackendError('webgpu', 'storage must be of a WebGPU device, got another');
}

/** Workgroups of 64 threads along x and y for `texels` threads. */
function groupsOf(texels: number, limit: number): Grid {
  const groups = Math.ceil(texels / 64);
  if (groups <= limit) return [groups, 1, 1];
  const rows = Math.ceil(groups / limit);
  return [Math.ceil(groups / rows), rows, 1];
}
