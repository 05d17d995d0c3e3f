import type { Conv2dAttrs, KernelInput, Shape, TensorSpec } from '@dl/kernels';
import { expect, it } from 'vitest';
import { instantiateKernels } from '../src/instantiate.ts';
import { WasmBackend } from '../src/wasm-backend.ts';
import { allJoined } from './suite/eager.ts';
import { random } from './suite/harness.ts';

const attrs: Conv2dAttrs = { stride: [1, 1], padding: [1, 1], dilation: [1, 1], groups: 1 };

/** A backend whose workers take part in whatever has more than one task. */
function createEager(threads: number): WasmBackend {
  const instance = instantiateKernels({ relaxedSimd: false, sharedMemory: true });
  return new WasmBackend(instance, 2 ** 31, threads, { sharing: 0, waking: 0, starting: 0, bearable: 2 ** 31 - 1 }, true);
}

it.each<[string, Shape, number]>([
  ['bands of one image', [1, 24, 64, 90], 17],
  ['many images', [37, 17, 16, 16], 23],
  ['channels in blocks', [4, 260, 14, 14], 270],
])('Winograd gives the same bits on three threads: %s', async (_, shape, rows) => {
  const [n, c, h, w] = shape;
  const specs: readonly TensorSpec[] = [shape, [rows, c, 3, 3], [n, rows, h, w]].map((s) => ({ shape: s, dtype: 'float32' }));
  const [x, weight, dy] = specs;
  const one = createEager(1);
  const three = createEager(3);
  await allJoined(three, 3);
  const run = async (backend: WasmBackend) => {
    const inputs: KernelInput[] = specs.map((spec) => ({ ...spec, buffer: backend.upload(random(spec.shape).data, spec) }));
    const results = [
      { ...dy, buffer: backend.run('conv2d', [inputs[0], inputs[1]], attrs, dy) },
      { ...x, buffer: backend.run('conv2dInputGrad', [inputs[2], inputs[1]], attrs, x) },
      { ...weight, buffer: backend.run('conv2dWeightGrad', [inputs[0], inputs[2]], attrs, weight) },
    ];
    return Promise.all(results.map(async (result) => Buffer.from((await backend.read(result)).buffer)));
  };
  const want = await run(one);
  for (let i = 0; i < 3; i++) {
    const got = await run(three);
    for (let k = 0; k < 3; k++) expect(got[k].equals(want[k])).toBe(true);
  }
  one.dispose();
  three.dispose();
});
