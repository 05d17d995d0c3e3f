import { createReferenceBackend } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  add,
  currentBackend,
  matmul,
  OutOfMemoryError,
  ones,
  relu,
  softmax,
  sum,
  type Tensor,
  tensor,
  tidy,
  traceMemory,
  useBackend,
} from '../src/index.ts';

beforeEach(() => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
});

afterEach(() => {
  traceMemory(false);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A backend with 8 MiB of memory. */
async function useSmallMemory(): Promise<void> {
  const { Memory } = WebAssembly;
  vi.stubGlobal('WebAssembly', {
    ...{ validate: WebAssembly.validate, Module: WebAssembly.Module, Instance: WebAssembly.Instance },
    Memory: class extends Memory {
      constructor(limits: WebAssembly.MemoryDescriptor) {
        super({ ...limits, maximum: 128 });
      }
    },
  });
  await useBackend(createWasmBackend({ threads: 1 }));
}

/** Tensors of 1 MiB, as many as there is memory for, and the error that says there is none. */
function fill(make: () => Tensor): { readonly held: Tensor[]; readonly error: unknown } {
  const held: Tensor[] = [];
  try {
    for (let i = 0; i < 100; i++) held.push(make());
  } catch (error) {
    return { held, error };
  }
  return { held, error: undefined };
}

test('a full memory is a typed error that names the op and what holds it, and the work goes on', async () => {
  await useSmallMemory();
  const x = ones([512, 512]);
  const { held, error } = fill(() => relu(x));
  expect(error).toBeInstanceOf(OutOfMemoryError);
  expect(error).toMatchObject({ op: 'relu', bytesAsked: 1 << 20, held: { buffers: held.length + 1 } });
  expect(String(error)).toMatch(
    /^OutOfMemoryError: relu: memory must have room for 1048576 bytes more, got none beside \d+ in \d+ buffers \(most in \d of 1048576 bytes.*\); traceMemory\(\) or DL_TRACE=memory tells where they were made$/,
  );
  expect(held.length).toBeGreaterThan(3);
  const { buffers, bytes } = currentBackend().stats();
  // Whatever fails leaves what was there as it was: several kernels, fused ones, and those that need scratch.
  for (const failing of [() => add(x, 1), () => softmax(x), () => matmul(x, x), () => tidy(() => sum(add(x, x)))]) {
    expect(failing).toThrow(OutOfMemoryError);
    expect(currentBackend().stats()).toMatchObject({ buffers, bytes });
  }
  held.pop()?.dispose();
  held.pop()?.dispose();
  held.pop()?.dispose();
  expect(await sum(matmul(x, x)).item()).toBe(512 ** 3);
  expect(await sum(softmax(x)).item()).toBeCloseTo(512, 2);
  for (const tensor of held) expect(await sum(tensor).item()).toBe(512 ** 2);
});

test('the error names the lines that made the largest holders, where they are traced', async () => {
  await useSmallMemory();
  traceMemory();
  const x = ones([512, 512]);
  const { held, error } = fill(() => relu(x));
  expect(String(error)).toMatch(
    new RegExp(`; made by relu at .*out-of-memory\\.test\\.ts:\\d+:\\d+\\)? \\(${held.length}, ${held.length << 20} bytes\\), `),
  );
});

test('spilled tensors fill the memory of the host, which is that error too', async () => {
  await useBackend(createWasmBackend({ threads: 1, memoryBudgetBytes: 1 << 20 }));
  const x = ones([128, 128]);
  const RealArray = Uint8Array;
  vi.stubGlobal(
    'Uint8Array',
    class extends RealArray {
      constructor(...[from, ...rest]: [from: number | ArrayBuffer, ...rest: number[]]) {
        if (typeof from === 'number' && from >= 65536) throw new RangeError('Array buffer allocation failed');
        if (typeof from === 'number') super(from);
        else super(from, ...rest);
      }
    },
  );
  const { held, error } = fill(() => relu(x));
  expect(error).toMatchObject({ name: 'OutOfMemoryError', op: 'relu', bytesAsked: 65536 });
  const { buffers, bytes } = currentBackend().stats();
  expect(() => softmax(x)).toThrow(OutOfMemoryError);
  expect(() => tensor(new Float32Array(128 * 128))).toThrow(/^tensor: memory must have room for 65536 bytes more/);
  expect(currentBackend().stats()).toMatchObject({ buffers, bytes });
  for (const tensor of held) tensor.dispose();
  expect(await sum(softmax(x)).item()).toBeCloseTo(128, 3);
});

test.each([
  ['reference', createReferenceBackend],
  ['wasm', createWasmBackend],
])('what no memory holds is refused (%s)', async (_, create) => {
  await useBackend(create());
  for (const extent of [2 ** 17, 2 ** 19, 2 ** 25]) {
    expect(() => ones([extent, extent])).toThrow(OutOfMemoryError);
    expect(() => ones([extent, extent])).toThrow(`fill: memory must have room for ${4 * extent ** 2} bytes more`);
  }
  expect(await ones([2]).data()).toEqual(Float32Array.of(1, 1));
});
