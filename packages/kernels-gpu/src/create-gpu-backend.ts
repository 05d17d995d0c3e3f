import { DeviceBackend, type GpuBackend } from './gpu-backend.ts';
import { openWebGpu } from './webgpu/open.ts';

/** Which programming interface of the GPU executes. */
export type GpuMode = 'webgpu' | 'webgl2' | 'headlessgl';

/** What {@link createGpuBackend} may be told. */
export interface GpuOptions {
  /** `auto`, the default, takes WebGPU where it is, else WebGL2. */
  readonly mode?: GpuMode | 'auto';
}

/** The GPU backend. */
export async function createGpuBackend(_options: GpuOptions = {}): Promise<GpuBackend> {
  return new DeviceBackend(await openWebGpu());
}
