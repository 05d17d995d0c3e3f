import { describeFused } from '@dl/testing/suites';
import { afterAll, describe, expect, it } from 'vitest';
import { DeviceBackend } from '../src/gpu-backend.ts';
import { openWebGpu } from '../src/webgpu/open.ts';

const module = process.env.DL_WEBGPU;

if (module === undefined) {
  describe('fused kernels on WebGPU in Node', () => it.skip('needs DL_WEBGPU, the path of a WebGPU implementation', () => {}));
} else {
  const { create } = await import(module);
  const gpu = create([]);
  const backend = new DeviceBackend(await openWebGpu(gpu));
  // Dawn does not keep its instance alive.
  afterAll(() => gpu);

  describe('fused kernels on WebGPU in Node', () => {
    describeFused(backend);

    it('leave a whole LSTM to its composite', () => {
      expect(backend.fuses('lstmCell', 'float32')).toBe(true);
      expect(backend.fuses('lstm', 'float32')).toBe(false);
    });
  });
}
