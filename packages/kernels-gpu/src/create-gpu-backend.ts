import { type Backend, BackendError } from '@dl/kernels';

/** Which programming interface of the GPU executes. */
export type GpuMode = 'webgpu' | 'webgl2' | 'headlessgl';

/** What {@link createGpuBackend} may be told. */
export interface GpuOptions {
  /** `auto`, the default, takes WebGPU where it is, else WebGL2. */
  readonly mode?: GpuMode | 'auto';
  /** What was tried before this backend and refused, each with the reason: `info()` lists it before what this backend refuses. */
  readonly refused?: readonly string[] | undefined;
}

/** The GPU backend. */
export async function createGpuBackend(options: GpuOptions = {}): Promise<Backend> {
  throw new BackendError('createGpuBackend', `mode must be available here, got ${options.mode ?? 'auto'}`);
}
