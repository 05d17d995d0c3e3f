import { add, exp, relu, softmax, sum, type Tensor } from '@dl/tensor';
import { jit, nn, numpy } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import { own, ownTensor } from '../../own.ts';
import { jax, jaxArray } from '../../peers/jax.ts';
import { type TfjsBackend, tfjs, tfTensor } from '../../peers/tfjs.ts';
import type { GpuBench } from './gpu-bench.ts';

const side = 1024;
const backends: readonly TfjsBackend[] = ['webgl', 'webgpu'];

/** One op on all sides; `from` and `to` bound the values it is given. */
interface Op {
  readonly work: string;
  readonly from: number;
  readonly to: number;
  ours(a: Tensor, b: Tensor): Tensor;
  tfjs(a: tf.Tensor, b: tf.Tensor): tf.Tensor;
  /** Owns its arguments. */
  jax(a: numpy.Array, b: numpy.Array): numpy.Array;
}

const alone = (fn: (a: numpy.Array) => numpy.Array) => (a: numpy.Array, b: numpy.Array) => {
  b.dispose();
  return fn(a);
};

const ops: readonly Op[] = [
  { work: 'add', from: -4, to: 4, ours: add, tfjs: (a, b) => tf.add(a, b), jax: numpy.add },
  { work: 'relu', from: -4, to: 4, ours: relu, tfjs: (a) => tf.relu(a), jax: alone(nn.relu) },
  { work: 'exp', from: -4, to: 4, ours: exp, tfjs: (a) => tf.exp(a), jax: alone(numpy.exp) },
  {
    work: 'softmax of 1,024 rows',
    from: -4,
    to: 4,
    ours: (a) => softmax(a, 1),
    tfjs: (a) => tf.softmax(a, 1),
    jax: alone((a) => nn.softmax(a, 1)),
  },
  // Between 0 and 1: a sum near 0 would have no digits to compare.
  { work: 'sum', from: 0, to: 1, ours: (a) => sum(a), tfjs: (a) => tf.sum(a), jax: alone((a) => numpy.sum(a)) },
];

/** Elementwise ops, softmax and a reduction on 1024 × 1024 elements. */
export async function million(bench: GpuBench): Promise<void> {
  for (const { work, from, to, ...op } of ops) {
    await bench.compare({
      work: `${work}, 1 M elements`,
      ours: (backend) => {
        const a = ownTensor(backend, [side, side], 1, from, to);
        const b = ownTensor(backend, [side, side], 2, from, to);
        return own([a, b], () => op.ours(a, b));
      },
      entrants: [
        ...backends.map((backend) =>
          tfjs(backend, 1, () => {
            const a = tfTensor([side, side], 1, from, to);
            const b = tfTensor([side, side], 2, from, to);
            return { inputs: [a, b], produce: () => op.tfjs(a, b) };
          }),
        ),
        jax('webgpu', 1, () => {
          const a = jaxArray([side, side], 1, from, to);
          const b = jaxArray([side, side], 2, from, to);
          const run = jit(op.jax);
          return { inputs: [a, b], produce: () => run(a.ref, b.ref) };
        }),
      ],
    });
  }
}
