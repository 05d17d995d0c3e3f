import { BackendError, createReferenceBackend } from '@dl/kernels';
import { expect, it } from 'vitest';
import { createGpuBackend, type GpuBackend } from '../src/index.ts';

const spec = { shape: [3], dtype: 'float32' } as const;
const values = Float32Array.of(1, 2, 3);

it('says that a WebGPU device was lost, and lets the program go on elsewhere', async () => {
  const devices: GPUDevice[] = [];
  const gpu = {
    async requestAdapter(options?: GPURequestAdapterOptions) {
      const adapter = await navigator.gpu.requestAdapter(options);
      if (adapter === null) return null;
      const request = adapter.requestDevice.bind(adapter);
      adapter.requestDevice = async (descriptor) => {
        const device = await request(descriptor);
        devices.push(device);
        return device;
      };
      return adapter;
    },
  } as GPU;
  const backend = await createGpuBackend({ mode: 'webgpu', gpu });
  await checkLoss(backend, async () => {
    devices[0].destroy();
    await devices[0].lost;
  });
});

it('says that a WebGL2 context was lost, and lets the program go on elsewhere', async () => {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2') as WebGL2RenderingContext;
  const backend = await createGpuBackend({ mode: 'headlessgl', context });
  expect(backend.info().mode).toBe('headlessgl');
  await checkLoss(backend, async () => context.getExtension('WEBGL_lose_context')?.loseContext());
});

async function checkLoss(backend: GpuBackend, lose: () => Promise<void>): Promise<void> {
  const x = { ...spec, buffer: backend.upload(values, spec) };
  const y = { ...spec, buffer: backend.run('unary', [x], { fn: 'square' }, spec) };
  expect(await backend.read(y)).toEqual(Float32Array.of(1, 4, 9));
  await lose();
  expect(() => backend.run('unary', [x], { fn: 'square' }, spec)).toThrow(
    /device must be there, got a lost one: .+ \(go on with another backend\)/,
  );
  expect(() => backend.upload(values, spec)).toThrow(BackendError);
  await expect(backend.read(y)).rejects.toThrow(BackendError);
  await expect(backend.sync()).rejects.toThrow(BackendError);
  expect(() => {
    backend.release(x.buffer);
    backend.release(y.buffer);
    backend.dispose();
  }).not.toThrow();
  const other = createReferenceBackend();
  const z = { ...spec, buffer: other.upload(values, spec) };
  expect(await other.read({ ...spec, buffer: other.run('unary', [z], { fn: 'square' }, spec) })).toEqual(
    Float32Array.of(1, 4, 9),
  );
}
