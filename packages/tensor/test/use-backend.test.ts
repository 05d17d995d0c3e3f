import { BackendError } from '@dl/kernels';
import { beforeEach, describe, expect, it } from 'vitest';
import { currentBackend, tensor, useBackend } from '../src/index.ts';

// Node has neither WebGPU nor WebGL2: whoever asks for a GPU is told so, and goes on.
describe('useBackend where there is no GPU', () => {
  beforeEach(() => useBackend('reference'));

  it("refuses 'gpu', and keeps the backend in use", async () => {
    await expect(useBackend('gpu')).rejects.toThrow(BackendError);
    expect(currentBackend().name).toBe('reference');
    expect(await tensor([1, 2]).add(1).array()).toEqual([2, 3]);
  });

  it("takes WebAssembly for 'auto', and says why for each kind of GPU", async () => {
    const { name, refused } = (await useBackend('auto')).info();
    expect(name).toBe('wasm');
    expect(refused.slice(0, 2)).toEqual([expect.stringMatching(/^webgpu: /), expect.stringMatching(/^webgl2: /)]);
    expect(await tensor([1, 2]).add(1).array()).toEqual([2, 3]);
  });
});
