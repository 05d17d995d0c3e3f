import { describeFused, describeKernels } from '@dl/testing/suites';
import { afterAll, describe, expect, it } from 'vitest';
import { DeviceBackend } from '../src/gpu-backend.ts';
import { loadGpuJs } from '../src/gpujs.ts';
import { openWebGpu } from '../src/webgpu/open.ts';
import { WebGpuDevice } from '../src/webgpu/webgpu-device.ts';

const module = process.env.DL_WEBGPU;

if (module === undefined) {
  describe('WebGPU in Node', () => it.skip('needs DL_WEBGPU, the path of a WebGPU implementation', () => {}));
} else {
  const { create } = await import(module);
  const gpu: GPU = create([]);
  const device = await openWebGpu(gpu);
  const adapter = await gpu.requestAdapter();
  // Dawn does not keep its instance alive.
  afterAll(() => gpu);
  const backend = new DeviceBackend(device);
  describe('WebGPU in Node', () => {
    describeKernels(backend);
    describeFused(backend);

    it('leaves a whole LSTM to its composite', () => {
      expect(backend.fuses('lstmCell', 'float32')).toBe(true);
      expect(backend.fuses('lstm', 'float32')).toBe(false);
    });
  });
  if (adapter !== null) {
    const taken = new WebGpuDevice(await loadGpuJs(), await adapter.requestDevice(), device.adapter, !device.isSoftware);
    describe(`WebGPU in Node, taken for ${taken.isSoftware ? 'an emulated adapter' : 'a real adapter'}`, () =>
      describeKernels(new DeviceBackend(taken)));
  }
}
