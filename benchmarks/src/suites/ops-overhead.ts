import { valueAndGrad } from '@dl/autograd';
import type { Tensor } from '@dl/tensor';
import { add } from '@dl/tensor';
import { valueAndGrad as jaxValueAndGrad, numpy } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import type { Bench } from '../bench.ts';
import { own, ownTensor } from '../own.ts';
import { jax, jaxArray } from '../peers/jax.ts';
import { type TfjsBackend, tfjs, tfTensor } from '../peers/tfjs.ts';

const size = 64;
const backends: readonly TfjsBackend[] = ['wasm', 'cpu'];

/** What an op costs where there is next to nothing to compute. */
export async function opsOverhead(bench: Bench): Promise<void> {
  await smallAdd(bench);
  await smallGradient(bench);
}

async function smallAdd(bench: Bench): Promise<void> {
  await bench.compare({
    work: 'add, 64 elements',
    ours: (backend) => {
      const a = ownTensor(backend, [size], 1);
      const b = ownTensor(backend, [size], 2);
      return own([a, b], () => add(a, b));
    },
    entrants: [
      ...backends.map((backend) =>
        tfjs(backend, bench.threads, () => {
          const a = tfTensor([size], 1);
          const b = tfTensor([size], 2);
          return { inputs: [a, b], produce: () => tf.add(a, b) };
        }),
      ),
      jax('wasm', bench.threads, () => {
        const a = jaxArray([size], 1);
        const b = jaxArray([size], 2);
        return { inputs: [a, b], produce: () => numpy.add(a.ref, b.ref) };
      }),
      bench.pytorch.entrant('smallAdd', size),
    ],
  });
}

async function smallGradient(bench: Bench): Promise<void> {
  await bench.compare({
    work: 'value and gradient of sum(x·x + x), 64 elements',
    ours: (backend) => {
      const x = ownTensor(backend, [size], 1);
      return own([x], () => {
        const { value, grads } = valueAndGrad(() => x.mul(x).add(x).sum(), [x]);
        value.dispose();
        return grads.get(x) as Tensor;
      });
    },
    entrants: [
      ...backends.map((backend) =>
        tfjs(backend, bench.threads, () => {
          const x = tfTensor([size], 1);
          const both = tf.valueAndGrad((at) => tf.sum(tf.add(tf.mul(at, at), at)));
          return {
            inputs: [x],
            produce: () => {
              const { value, grad } = both(x);
              value.dispose();
              return grad;
            },
          };
        }),
      ),
      jax('wasm', bench.threads, () => {
        const x = jaxArray([size], 1);
        const both = jaxValueAndGrad((at: numpy.Array) => numpy.sum(at.ref.mul(at.ref).add(at)));
        return {
          inputs: [x],
          produce: () => {
            const [value, grad] = both(x.ref);
            value.dispose();
            return grad;
          },
        };
      }),
      bench.pytorch.entrant('smallGradient', size),
    ],
  });
}
