import * as tf from '@tensorflow/tfjs-core';
import { type Contestant, type Entrant, steps, stepsRead } from '../../contestant.ts';
import { type TfjsBackend, tfjsEntrant, tfTensor, toHwio, toNhwc } from '../../peers/tfjs.ts';
import type { StartingValue } from './starting-values.ts';

type Forward = (images: tf.Tensor, weights: readonly tf.Tensor[]) => tf.Tensor2D;

/** Adam steps of TensorFlow.js on the MLP 784-64-10. */
export function tfjsMlp(backend: TfjsBackend, threads: number, batch: number, start: readonly StartingValue[]): Entrant {
  return tfjsEntrant(backend, threads, () => {
    const weights = start.map(({ shape, values }) => asColumns(tf.tensor(values, [...shape])));
    const images = tf.reshape(tfTensor([batch, 1, 28, 28], 1, 0, 1), [batch, 784]);
    return training(backend, images, weights, (x, [w1, b1, w2, b2]) => dense(tf.relu(dense(x, w1, b1)), w2, b2));
  });
}

/** Adam steps of TensorFlow.js on LeNet-5 (6-16-120-84-10). */
export function tfjsLenet5(backend: TfjsBackend, threads: number, batch: number, start: readonly StartingValue[]): Entrant {
  return tfjsEntrant(backend, threads, () => {
    const weights = start.map(({ shape, values }, i) => {
      const weight = tf.tensor(values, [...shape]);
      if (shape.length === 4) return toHwio(weight);
      return i === firstDense ? asColumns(overNhwc(weight)) : asColumns(weight);
    });
    return training(backend, toNhwc(tfTensor([batch, 1, 28, 28], 1, 0, 1)), weights, lenet5);
  });
}

const firstDense = 4;

function lenet5(images: tf.Tensor, weights: readonly tf.Tensor[]): tf.Tensor2D {
  const [conv1, bias1, conv2, bias2, fc1, bias3, fc2, bias4, fc3, bias5] = weights;
  const pooled = pool(tf.relu(tf.add(tf.conv2d(images as tf.Tensor4D, conv1 as tf.Tensor4D, 1, 'same'), bias1)));
  const features = pool(tf.relu(tf.add(tf.conv2d(pooled, conv2 as tf.Tensor4D, 1, 'valid'), bias2)));
  const hidden = tf.relu(dense(tf.reshape(features, [-1, 400]), fc1, bias3));
  return dense(tf.relu(dense(hidden, fc2, bias4)), fc3, bias5);
}

function training(backend: TfjsBackend, images: tf.Tensor, start: readonly tf.Tensor[], forward: Forward): Contestant {
  const batch = images.shape[0];
  const weights = start.map((value) => tf.variable(value));
  const classes = tf.tensor1d(
    Int32Array.from({ length: batch }, (_, i) => i % 10),
    'int32',
  );
  const labels = tf.oneHot(classes, 10);
  // PyTorch's and our epsilon; TensorFlow.js's own default is 1e-7.
  const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
  const step = (): tf.Scalar =>
    optimizer.minimize(() => tf.losses.softmaxCrossEntropy(labels, forward(images, weights)) as tf.Scalar, true) as tf.Scalar;
  const onGpu = backend === 'webgl' || backend === 'webgpu';
  return (onGpu ? stepsRead : steps)(
    step,
    (loss) => loss.dispose(),
    async (loss) => (await loss.data())[0],
    () => tf.dispose([images, classes, labels, ...start, ...weights]),
  );
}

function dense(x: tf.Tensor, weight: tf.Tensor, bias: tf.Tensor): tf.Tensor2D {
  return tf.add(tf.matMul(x, weight), bias);
}

function pool(x: tf.Tensor): tf.Tensor4D {
  return tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid');
}

/** A weight `[out, in]` as `[in, out]`; vectors stay. */
function asColumns(weight: tf.Tensor): tf.Tensor {
  return weight.rank === 2 ? tf.transpose(weight) : weight;
}

/** The first dense weight `[120, 16 · 5 · 5]`, whose columns run as the features lie in `[n, h, w, c]`. */
function overNhwc(weight: tf.Tensor): tf.Tensor {
  return tf.reshape(tf.transpose(tf.reshape(weight, [120, 16, 5, 5]), [0, 2, 3, 1]), [120, 400]);
}
