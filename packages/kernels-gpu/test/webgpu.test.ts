import { describeFused, describeKernels } from '@dl/testing/suites';
import { afterAll, describe, expect, it } from 'vitest';
import { DeviceBackend } from '../src/gpu-backend.ts';
import { openWebGpu } from '../src/webgpu/open.ts';

const module = process.env.DL_WEBGPU;

if (module === undefined) {
  describe('WebGPU in Node', () => it.skip('needs DL_WEBGPU, the path of a WebGPU implementation', () => {}));
} else {
  const { create } = await import(module);
  const gpu = create([]);
  const device = await openWebGpu(gpu);
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
}
