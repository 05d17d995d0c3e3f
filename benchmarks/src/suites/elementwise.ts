import { add, exp, relu, sigmoid, softmax, sum, type Tensor, tanh } from '@dl/tensor';
import * as tf from '@tensorflow/tfjs-core';
import type { Bench } from '../bench.ts';
import { own, ownTensor } from '../own.ts';
import { tfjs, tfTensor } from '../peers/tfjs.ts';

const side = 1000;

/** One op on both sides; `from` and `to` bound the values it is given. */
interface Elementwise {
  readonly name: string;
  readonly work: string;
  readonly from: number;
  readonly to: number;
  ours(a: Tensor, b: Tensor): Tensor;
  tfjs(a: tf.Tensor, b: tf.Tensor): tf.Tensor;
}

const ops: readonly Elementwise[] = [
  { name: 'add', work: 'add', from: -4, to: 4, ours: add, tfjs: (a, b) => tf.add(a, b) },
  { name: 'relu', work: 'relu', from: -4, to: 4, ours: relu, tfjs: (a) => tf.relu(a) },
  { name: 'exp', work: 'exp', from: -4, to: 4, ours: exp, tfjs: (a) => tf.exp(a) },
  { name: 'sigmoid', work: 'sigmoid', from: -4, to: 4, ours: sigmoid, tfjs: (a) => tf.sigmoid(a) },
  { name: 'tanh', work: 'tanh', from: -4, to: 4, ours: tanh, tfjs: (a) => tf.tanh(a) },
  // Between 0 and 1: a sum near 0 would have no digits to compare.
  { name: 'sum', work: 'sum', from: 0, to: 1, ours: (a) => sum(a), tfjs: (a) => tf.sum(a) },
  { name: 'softmax', work: 'softmax of 1,000 rows', from: -4, to: 4, ours: (a) => softmax(a, 1), tfjs: (a) => tf.softmax(a, 1) },
];

/** Elementwise ops, a reduction and softmax on a million elements. */
export async function elementwise(bench: Bench): Promise<void> {
  for (const { name, work, from, to, ...op } of ops) {
    await bench.compare({
      work: `${work}, 1 M elements`,
      ours: (backend) => {
        const a = ownTensor(backend, [side, side], 1, from, to);
        const b = ownTensor(backend, [side, side], 2, from, to);
        return own([a, b], () => op.ours(a, b));
      },
      entrants: [
        tfjs('wasm', bench.threads, () => {
          const a = tfTensor([side, side], 1, from, to);
          const b = tfTensor([side, side], 2, from, to);
          return { inputs: [a, b], produce: () => op.tfjs(a, b) };
        }),
        bench.pytorch.entrant('elementwise', name, side, side, from, to),
      ],
    });
  }
}
