import { ArgumentError, BackendError } from '@dl/kernels';
import { DeviceBackend, type GpuBackend } from './gpu-backend.ts';
import type { GpuDevice } from './gpu-device.ts';
import { openWebGl } from './webgl/open.ts';
import { openWebGpu } from './webgpu/open.ts';

/** Which programming interface of the GPU executes. */
export type GpuMode = 'webgpu' | 'webgl2' | 'headlessgl';

/** What {@link createGpuBackend} may be told. */
export interface GpuOptions {
  /** `auto`, the default, takes WebGPU where it is, else WebGL2. */
  readonly mode?: GpuMode | 'auto';
  /** The implementation of WebGPU: `navigator.gpu` by default. In Node there is none; packages such as `webgpu` give one. */
  readonly gpu?: GPU;
  /** The WebGL2 context of mode `headlessgl`, from a package that draws without a page. The backend owns it from then on. */
  readonly context?: WebGL2RenderingContext;
  /** What was tried before this backend and refused, each with the reason: `info()` lists it before what this backend refuses. */
  readonly refused?: readonly string[] | undefined;
}

/**
 * A backend on the GPU: every kernel of the contract, float32 on the device. gpu.js is loaded when it is called. Runs are handed over at
 * once, and whoever reads waits.
 *
 * @throws {@link BackendError} where the mode is not to be had, with the reason
 * @throws {@link ArgumentError} for an unknown mode, and for `headlessgl` without a context
 * @example
 * ```ts no-run
 * const backend = await createGpuBackend();
 * const { mode, adapter, software, onHost } = backend.info();
 * const spec = { shape: [3], dtype: 'float32' } as const;
 * const x = { ...spec, buffer: backend.upload(Float32Array.of(1, 4, 9), spec) };
 * const y = { ...spec, buffer: backend.run('unary', [x], { fn: 'sqrt' }, spec) };
 * await backend.read(y); // Float32Array [1, 2, 3]
 * ```
 */
export async function createGpuBackend({ mode = 'auto', gpu, context, refused = [] }: GpuOptions = {}): Promise<GpuBackend> {
  switch (mode) {
    case 'webgpu':
      return new DeviceBackend(await openWebGpu(gpu), refused);
    case 'webgl2':
      return new DeviceBackend(await openWebGl(), refused);
    case 'headlessgl':
      if (context === undefined)
        throw new ArgumentError('createGpuBackend', "context must be given for mode 'headlessgl', got none");
      return new DeviceBackend(await openWebGl(context), refused);
    case 'auto':
      return firstOf([() => openWebGpu(gpu), () => openWebGl()], refused);
    default:
      throw new ArgumentError('createGpuBackend', `mode must be 'auto', 'webgpu', 'webgl2' or 'headlessgl', got ${String(mode)}`);
  }
}

/** The first device that opens; the reasons of those before are what the backend refused. */
async function firstOf(openers: readonly (() => Promise<GpuDevice>)[], before: readonly string[]): Promise<GpuBackend> {
  const refused = [...before];
  for (const open of openers) {
    try {
      return new DeviceBackend(await open(), refused);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      refused.push(error.message);
    }
  }
  throw new BackendError('createGpuBackend', `a GPU must be available, got none (${refused.join('; ')})`);
}
