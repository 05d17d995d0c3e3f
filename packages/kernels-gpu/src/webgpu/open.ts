import { BackendError } from '@dl/kernels';
import { loadGpuJs } from '../gpujs.ts';
import { isSoftwareAdapter } from '../software.ts';
import { WebGpuDevice } from './webgpu-device.ts';

/**
 * A device of the adapter that the platform prefers.
 *
 * @param gpu - the implementation: `navigator.gpu`, or what a package for Node gives
 */
export async function openWebGpu(gpu: GPU | undefined = globalThis.navigator?.gpu): Promise<WebGpuDevice> {
  const refuse = (got: string) => new BackendError('createGpuBackend', `mode 'webgpu' must be available, got ${got}`);
  if (gpu === undefined) throw refuse('no WebGPU (navigator.gpu is missing)');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) throw refuse('no adapter');
  const { maxStorageBufferBindingSize, maxBufferSize, maxStorageBuffersPerShaderStage } = adapter.limits;
  const [gpujs, device] = await Promise.all([
    loadGpuJs(),
    adapter.requestDevice({ requiredLimits: { maxStorageBufferBindingSize, maxBufferSize, maxStorageBuffersPerShaderStage } }),
  ]);
  const { vendor, architecture, device: model, description } = adapter.info;
  const name = [...new Set([vendor, architecture, model, description].filter((part) => part !== ''))].join(' ');
  return new WebGpuDevice(gpujs, device, name, adapter.info.isFallbackAdapter === true || isSoftwareAdapter(name));
}
