import { tensor, useBackend } from '@dl/tensor';
import { expect, it } from 'vitest';

it("useBackend('auto') goes back to WebAssembly from the emulated GPUs of this page, and says why", async () => {
  const { name, refused } = (await useBackend('auto')).info();
  expect(name).toBe('wasm');
  expect(refused).toEqual([
    expect.stringMatching(/^webgpu: software adapter/),
    expect.stringMatching(/^webgl2: software adapter/),
  ]);
  expect(await tensor([1, 2]).add(1).array()).toEqual([2, 3]);
});
