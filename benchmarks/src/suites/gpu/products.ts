import { matmul } from '@dl/tensor';
import { jit, numpy } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import { own, ownTensor } from '../../own.ts';
import { type GpujsMode, gpujs } from '../../peers/gpujs.ts';
import { jax, jaxArray } from '../../peers/jax.ts';
import { type TfjsBackend, tfjs, tfTensor } from '../../peers/tfjs.ts';
import type { GpuBench } from './gpu-bench.ts';

const backends: readonly TfjsBackend[] = ['webgl', 'webgpu'];
const modes: readonly GpujsMode[] = ['webgl2', 'webgpu'];

/** Products of square matrices. */
export async function products(bench: GpuBench, sizes: readonly number[]): Promise<void> {
  for (const n of sizes) {
    await bench.compare({
      work: `matmul ${n}×${n}×${n}`,
      gigaflop: (2 * n ** 3) / 1e9,
      ours: (backend) => {
        const a = ownTensor(backend, [n, n], 1);
        const b = ownTensor(backend, [n, n], 2);
        return own([a, b], () => matmul(a, b));
      },
      entrants: [
        ...backends.map((backend) =>
          tfjs(backend, 1, () => {
            const a = tfTensor([n, n], 1);
            const b = tfTensor([n, n], 2);
            return { inputs: [a, b], produce: () => tf.matMul(a, b) };
          }),
        ),
        jax('webgpu', 1, () => {
          const a = jaxArray([n, n], 1);
          const b = jaxArray([n, n], 2);
          const run = jit(numpy.matmul);
          return { inputs: [a, b], produce: () => run(a.ref, b.ref) };
        }),
        ...modes.map((mode) =>
          gpujs(mode, {
            source: `function (a, b) {
              let total = 0;
              for (let i = 0; i < this.constants.n; i++) total += a[this.thread.y][i] * b[i][this.thread.x];
              return total;
            }`,
            constants: { n },
            inputs: [
              { shape: [n, n], seed: 1 },
              { shape: [n, n], seed: 2 },
            ],
            outputShape: [n, n],
          }),
        ),
      ],
    });
  }
}
