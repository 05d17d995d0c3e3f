import { type Backend, BackendError } from '@dl/kernels';

/** As `createGpuBackend` of `@dl/kernels-gpu`. Its own type would make users compile against a package that they may not have. */
export type CreateGpu = (options: {
  readonly mode: 'auto' | 'webgpu' | 'webgl2';
  readonly refused?: readonly string[];
}) => Promise<Backend>;

/**
 * Loads `@dl/kernels-gpu`, an optional peer, and gpu.js with it: nobody else imports either.
 *
 * @throws {@link BackendError} where it is not installed
 */
export async function loadGpuPackage(): Promise<CreateGpu> {
  // Right inside of `try`: that is how bundlers know that the package may be missing.
  try {
    const { createGpuBackend } = await import('@dl/kernels-gpu');
    return createGpuBackend;
  } catch (error) {
    const got = error instanceof Error ? error.message : String(error);
    throw new BackendError('useBackend', `@dl/kernels-gpu must be installed (npm install @dl/kernels-gpu), got: ${got}`);
  }
}
