import type { Backend } from '@dl/kernels';
import { conv2d, convTranspose2d } from '@dl/tensor';
import { jit, lax, type numpy } from '@jax-js/jax';
import * as tf from '@tensorflow/tfjs-core';
import type { Bench } from '../bench.ts';
import { type Contestant, synchronous } from '../contestant.ts';
import { own, ownTensor } from '../own.ts';
import { jax, jaxArray } from '../peers/jax.ts';
import { onnxruntime } from '../peers/onnxruntime.ts';
import { tfjs, tfTensor, toHwio, toNchw, toNhwc } from '../peers/tfjs.ts';

/** A convolution of stride 1 that keeps the image's size. */
interface Shape {
  readonly batch: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly size: number;
  readonly kernel: number;
}

const wide: Shape = { batch: 8, inChannels: 64, outChannels: 64, size: 56, kernel: 3 };
const first: Shape = { batch: 64, inChannels: 1, outChannels: 32, size: 28, kernel: 5 };

/** Convolutions and their two gradients. */
export async function conv(bench: Bench): Promise<void> {
  for (const shape of [wide, { ...wide, batch: 32 }, first]) await forward(bench, shape);
  for (const shape of [wide, first]) await inputGrad(bench, shape);
  for (const shape of [wide, first]) await weightGrad(bench, shape);
}

async function forward(bench: Bench, shape: Shape): Promise<void> {
  const { x, w, y, padding } = layout(shape);
  await bench.compare({
    work: nameOf('conv', shape),
    gigaflop: gigaflopOf(shape),
    ours: (backend) => {
      const image = ownTensor(backend, x, 1);
      const weight = ownTensor(backend, w, 2);
      return own([image, weight], () => conv2d(image, weight, { padding }));
    },
    entrants: [
      tfjs('wasm', bench.threads, () => {
        const image = toNhwc(tfTensor(x, 1));
        const weight = toHwio(tfTensor(w, 2));
        return { inputs: [image, weight], produce: () => tf.conv2d(image, weight, 1, 'same'), read: toNchw };
      }),
      onnxruntime(bench.threads, {
        opType: 'Conv',
        inputs: [
          { shape: x, seed: 1 },
          { shape: w, seed: 2 },
        ],
        outputShape: y,
        attributes: { pads: [padding, padding, padding, padding] },
      }),
      jax(bench.threads, () => {
        const image = jaxArray(x, 1);
        const weight = jaxArray(w, 2);
        const run = jit((a: numpy.Array, b: numpy.Array) => lax.convGeneralDilated(a, b, [1, 1], 'SAME'));
        return { inputs: [image, weight], produce: () => run(image.ref, weight.ref) };
      }),
      bench.pytorch.entrant('conv', 'forward', ...pythonArgs(shape)),
    ],
  });
}

async function inputGrad(bench: Bench, shape: Shape): Promise<void> {
  const { x, w, y, padding } = layout(shape);
  await bench.compare({
    work: nameOf('input gradient', shape),
    gigaflop: gigaflopOf(shape),
    ours: (backend) => {
      const dy = ownTensor(backend, y, 3);
      const weight = ownTensor(backend, w, 2);
      return own([dy, weight], () => convTranspose2d(dy, weight, { padding }));
    },
    entrants: [
      tfjs('wasm', bench.threads, () => {
        const dy = toNhwc(tfTensor(y, 3));
        const weight = toHwio(tfTensor(w, 2));
        const { batch, size, inChannels } = shape;
        return {
          inputs: [dy, weight],
          produce: () => tf.conv2dTranspose(dy, weight, [batch, size, size, inChannels], 1, 'same'),
          read: toNchw,
        };
      }),
      onnxruntime(bench.threads, {
        opType: 'ConvTranspose',
        inputs: [
          { shape: y, seed: 3 },
          { shape: w, seed: 2 },
        ],
        outputShape: x,
        attributes: { pads: [padding, padding, padding, padding] },
      }),
      bench.pytorch.entrant('conv', 'inputGrad', ...pythonArgs(shape)),
    ],
  });
}

async function weightGrad(bench: Bench, shape: Shape): Promise<void> {
  const { x, w, y } = layout(shape);
  await bench.compare({
    work: nameOf('weight gradient', shape),
    gigaflop: gigaflopOf(shape),
    ours: (backend) => ownWeightGrad(backend, shape),
    entrants: [
      tfjs('wasm', bench.threads, () => {
        const image = toNhwc(tfTensor(x, 1));
        const weight = toHwio(tfTensor(w, 2));
        const dy = toNhwc(tfTensor(y, 3));
        const gradient = tf.grad((kernel) => tf.conv2d(image, kernel as tf.Tensor4D, 1, 'same'));
        return {
          inputs: [image, weight, dy],
          produce: () => gradient(weight, dy),
          read: (dw) => tf.transpose(dw as tf.Tensor4D, [3, 2, 0, 1]),
        };
      }),
      bench.pytorch.entrant('conv', 'weightGrad', ...pythonArgs(shape)),
    ],
  });
}

/** The kernel itself: a user meets it only inside a backward pass. */
function ownWeightGrad(backend: Backend, shape: Shape): Contestant {
  const { x, w, y, padding } = layout(shape);
  const image = ownTensor(backend, x, 1);
  const dy = ownTensor(backend, y, 3);
  const spec = { shape: w, dtype: 'float32' } as const;
  const attrs = { stride: [1, 1], padding: [padding, padding], dilation: [1, 1], groups: 1 } as const;
  return synchronous({
    produce: () => backend.run('conv2dWeightGrad', [image, dy], attrs, spec),
    free: (buffer) => backend.release(buffer),
    read: (buffer) => backend.read({ ...spec, buffer }),
    dispose: () => {
      image.dispose();
      dy.dispose();
    },
  });
}

function layout({ batch, inChannels, outChannels, size, kernel }: Shape) {
  return {
    x: [batch, inChannels, size, size],
    w: [outChannels, inChannels, kernel, kernel],
    y: [batch, outChannels, size, size],
    padding: (kernel - 1) / 2,
  };
}

function nameOf(what: string, { batch, inChannels, outChannels, size, kernel }: Shape): string {
  return `${what} ${kernel}×${kernel} ${inChannels}→${outChannels} @${size}² b${batch}`;
}

/** Multiply-adds of the direct algorithm, zeros of the padding included: Winograd does fewer. */
function gigaflopOf({ batch, inChannels, outChannels, size, kernel }: Shape): number {
  return (2 * batch * outChannels * inChannels * (size * kernel) ** 2) / 1e9;
}

function pythonArgs({ batch, inChannels, outChannels, size, kernel }: Shape): number[] {
  return [batch, inChannels, outChannels, size, kernel];
}
