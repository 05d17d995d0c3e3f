import { matmul } from '@dl/tensor';
import { numpy } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import type { Bench } from '../bench.ts';
import { own, ownTensor } from '../own.ts';
import { jax, jaxArray } from '../peers/jax.ts';
import { onnxruntime } from '../peers/onnxruntime.ts';
import { tfjs, tfTensor } from '../peers/tfjs.ts';

/** Matrix products `[m, k] × [k, n]`: three squares of each cache level and beyond, a layer, two convolutions as products. */
const shapes = [
  [256, 256, 256],
  [512, 512, 512],
  [1024, 1024, 1024],
  [2048, 2048, 2048],
  [32, 784, 128],
  [128, 3136, 128],
  [64, 576, 3136],
] as const;

/** Matrix products. */
export async function gemm(bench: Bench): Promise<void> {
  const { threads, pytorch } = bench;
  for (const [m, k, n] of shapes) {
    await bench.compare({
      work: `matmul ${m}×${k}×${n}`,
      gigaflop: (2 * m * k * n) / 1e9,
      ours: (backend) => {
        const a = ownTensor(backend, [m, k], 1);
        const b = ownTensor(backend, [k, n], 2);
        return own([a, b], () => matmul(a, b));
      },
      entrants: [
        tfjs('wasm', threads, () => {
          const a = tfTensor([m, k], 1);
          const b = tfTensor([k, n], 2);
          return { inputs: [a, b], produce: () => tf.matMul(a, b) };
        }),
        onnxruntime(threads, {
          opType: 'MatMul',
          inputs: [
            { shape: [m, k], seed: 1 },
            { shape: [k, n], seed: 2 },
          ],
          outputShape: [m, n],
        }),
        jax('wasm', threads, () => {
          const a = jaxArray([m, k], 1);
          const b = jaxArray([k, n], 2);
          return { inputs: [a, b], produce: () => numpy.matmul(a.ref, b.ref) };
        }),
        pytorch.entrant('gemm', m, k, n),
      ],
    });
  }
}
