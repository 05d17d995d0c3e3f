import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { batched, type Contestant, type Entrant } from '../contestant.ts';
import { sizeOf, values } from '../values.ts';
import { tfjsBackends } from './tfjs-backends.ts';

/** A backend of TensorFlow.js: two run in Node without native code, two in a page. */
export type TfjsBackend = keyof typeof tfjsBackends;

/** What TensorFlow.js is to do: tensors that stay, an op on them, and its result as we lay it out. */
export interface TfjsWork {
  readonly inputs: readonly tf.Tensor[];
  produce(): tf.Tensor;
  /** Default: the result as it is. */
  read?(output: tf.Tensor): tf.Tensor;
}

/**
 * TensorFlow.js on one of its backends. It has one thread in Node (its workers are made from blobs, which fail there), so it does not
 * enter where ours has more.
 */
export function tfjs(backend: TfjsBackend, threads: number, build: () => TfjsWork): Entrant {
  return tfjsEntrant(backend, threads, () => {
    const { inputs, produce, read = (output) => output } = build();
    return batched({
      produce,
      wait: tfjsBackends[backend].wait,
      free: (output) => output.dispose(),
      read: (output) => read(output).data(),
      dispose: () => tf.dispose([...inputs]),
    });
  });
}

/** As {@link tfjs}, for a contestant of any making. */
export function tfjsEntrant(backend: TfjsBackend, threads: number, build: () => Contestant): Entrant {
  return {
    name: `tfjs-${backend}`,
    enter: async () => {
      if (threads > 1) throw new Error('runs on one thread in Node: see the rows of 1 thread');
      tf.enableProdMode();
      await tfjsBackends[backend].register();
      await tf.setBackend(backend);
      const { run, result, dispose } = build();
      // The backend in use is global: another entrant may have chosen another since.
      const chosen = async <T>(task: () => Promise<T>): Promise<T> => {
        await tf.setBackend(backend);
        return task();
      };
      return { run: (iterations) => chosen(() => run(iterations)), result: () => chosen(result), ...(dispose && { dispose }) };
    },
  };
}

/** A tensor of the values that all sides compute with. */
export function tfTensor(shape: number[], seed: number, low?: number, high?: number): tf.Tensor {
  return tf.tensor(values(sizeOf(shape), seed, low, high), shape);
}

/** `[n, c, h, w]` as `[n, h, w, c]`, which TensorFlow.js computes in; its CPU backend has no other. The argument is disposed. */
export function toNhwc(x: tf.Tensor): tf.Tensor4D {
  return moved(x, [0, 2, 3, 1]);
}

/** `[n, h, w, c]` as `[n, c, h, w]`. The argument is not disposed. */
export function toNchw(x: tf.Tensor): tf.Tensor4D {
  return tf.transpose(x as tf.Tensor4D, [0, 3, 1, 2]);
}

/** A weight `[o, i, kh, kw]` as `[kh, kw, i, o]`. The argument is disposed. */
export function toHwio(weight: tf.Tensor): tf.Tensor4D {
  return moved(weight, [2, 3, 1, 0]);
}

function moved(x: tf.Tensor, axes: number[]): tf.Tensor4D {
  const out = tf.transpose(x as tf.Tensor4D, axes);
  x.dispose();
  return out;
}
