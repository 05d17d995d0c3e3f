export { createGpuBackend, type GpuMode, type GpuOptions } from './create-gpu-backend.ts';
