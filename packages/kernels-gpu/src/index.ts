export { createGpuBackend, type GpuMode, type GpuOptions } from './create-gpu-backend.ts';
export type { GpuBackend, GpuInfo } from './gpu-backend.ts';
