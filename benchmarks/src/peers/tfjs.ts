import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { type Contestant, inProcess } from '../measure.ts';

/** LeNet-5 (6-16-120-84-10), batch 64, one Adam step, on TensorFlow.js's plain-JavaScript backend. */
export async function tfjsLenet5(): Promise<Contestant> {
  await tf.setBackend('cpu');
  const images = tf.randomUniform([64, 28, 28, 1]) as tf.Tensor4D;
  const labels = tf.oneHot(
    tf.tensor1d(
      Int32Array.from({ length: 64 }, (_, i) => i % 10),
      'int32',
    ),
    10,
  );
  const weight = (...shape: number[]) =>
    tf.variable(tf.randomNormal(shape, 0, Math.sqrt(2 / shape.slice(0, -1).reduce((a, b) => a * b))));
  const bias = (n: number) => tf.variable(tf.zeros([n]));
  const conv1 = weight(5, 5, 1, 6) as tf.Variable<tf.Rank.R4>;
  const conv2 = weight(5, 5, 6, 16) as tf.Variable<tf.Rank.R4>;
  const dense = [weight(400, 120), weight(120, 84), weight(84, 10)] as tf.Variable<tf.Rank.R2>[];
  const biases = [6, 16, 120, 84, 10].map(bias);
  const optimizer = tf.train.adam(1e-3);
  const logits = (): tf.Tensor => {
    let x: tf.Tensor4D = tf.maxPool(
      tf.relu(tf.add(tf.conv2d(images, conv1, 1, 'same'), biases[0])) as tf.Tensor4D,
      2,
      2,
      'valid',
    );
    x = tf.maxPool(tf.relu(tf.add(tf.conv2d(x, conv2, 1, 'valid'), biases[1])) as tf.Tensor4D, 2, 2, 'valid');
    let y = tf.reshape(x, [64, 400]) as tf.Tensor2D;
    dense.forEach((w, i) => {
      y = tf.add(tf.matMul(y, w), biases[i + 2]);
      if (i < 2) y = tf.relu(y);
    });
    return y;
  };
  const step = (): void => {
    optimizer.minimize(() => tf.losses.softmaxCrossEntropy(labels, logits()) as tf.Scalar);
  };
  return inProcess(
    `tfjs ${tf.version_core} cpu`,
    step,
    async () => conv1.data(),
    () => tf.disposeVariables(),
  );
}
