import { jit, lax, nn, numpy, tree, valueAndGrad } from '@jax-js/jax';
import { asyncSteps, type Entrant, stepsRead } from '../../contestant.ts';
import { type JaxDevice, jaxArray, jaxEntrant } from '../../peers/jax.ts';
import type { StartingValue } from './starting-values.ts';

type Arrays = numpy.Array[];

const [beta1, beta2, epsilon, rate] = [0.9, 0.999, 1e-8, 1e-3];

type Forward = (weights: Arrays, images: numpy.Array) => numpy.Array;

/** Adam steps of jax-js on the MLP 784-64-10. */
export function jaxMlp(device: JaxDevice, threads: number, batch: number, start: readonly StartingValue[]): Entrant {
  return training(device, threads, batch, start, ([w1, b1, w2, b2], x) =>
    dense(nn.relu(dense(x.reshape([-1, 784]), w1, b1)), w2, b2),
  );
}

/** Adam steps of jax-js on LeNet-5 (6-16-120-84-10). */
export function jaxLenet5(device: JaxDevice, threads: number, batch: number, start: readonly StartingValue[]): Entrant {
  return training(device, threads, batch, start, lenet5);
}

/** Loss, gradients and update compiled as one function. */
function training(device: JaxDevice, threads: number, batch: number, start: readonly StartingValue[], forward: Forward): Entrant {
  return jaxEntrant(device, threads, () => {
    const images = jaxArray([batch, 1, 28, 28], 1, 0, 1);
    const labels = nn.oneHot(numpy.array(Int32Array.from({ length: batch }, (_, i) => i % 10)), 10);
    let weights: Arrays = start.map(({ shape, values }) => numpy.array(values).reshape([...shape]));
    let first: Arrays = start.map(({ shape }) => numpy.zeros([...shape]));
    let second: Arrays = start.map(({ shape }) => numpy.zeros([...shape]));
    let count = 0;
    const lossAndGrads = valueAndGrad((at: Arrays, x: numpy.Array, y: numpy.Array) => crossEntropy(forward(at, x), y));
    const update = jit((at: Arrays, m: Arrays, v: Arrays, corrections: numpy.Array, x: numpy.Array, y: numpy.Array) => {
      const [loss, grads] = lossAndGrads(tree.ref(at), x, y);
      return { loss, ...adam(at, grads, m, v, corrections) };
    });
    const step = (): numpy.Array => {
      count++;
      const corrections = numpy.array([1 - beta1 ** count, 1 - beta2 ** count]);
      const out = update(weights, first, second, corrections, images.ref, labels.ref);
      ({ weights, first, second } = out);
      return out.loss;
    };
    const ready = async (): Promise<numpy.Array> => {
      const loss = step();
      await Promise.all([loss, ...weights, ...first, ...second].map((array) => array.blockUntilReady()));
      return loss;
    };
    const free = (loss: numpy.Array) => loss.dispose();
    const read = async (loss: numpy.Array) => (await loss.ref.data())[0];
    const dispose = () => tree.dispose([images, labels, weights, first, second]);
    return device === 'webgpu' ? stepsRead(step, free, read, dispose) : asyncSteps(ready, free, read, dispose);
  });
}

function lenet5([conv1, bias1, conv2, bias2, fc1, bias3, fc2, bias4, fc3, bias5]: Arrays, x: numpy.Array): numpy.Array {
  const channels = (bias: numpy.Array) => bias.reshape([1, -1, 1, 1]);
  const pooled = pool(nn.relu(lax.convGeneralDilated(x, conv1, [1, 1], 'SAME').add(channels(bias1))));
  const features = pool(nn.relu(lax.convGeneralDilated(pooled, conv2, [1, 1], 'VALID').add(channels(bias2))));
  const hidden = nn.relu(dense(features.reshape([-1, 400]), fc1, bias3));
  return dense(nn.relu(dense(hidden, fc2, bias4)), fc3, bias5);
}

function dense(x: numpy.Array, weight: numpy.Array, bias: numpy.Array): numpy.Array {
  return numpy.matmul(x, weight.transpose()).add(bias);
}

function pool(x: numpy.Array): numpy.Array {
  return lax.reduceWindow(x, (window) => numpy.max(window), [2, 2], [2, 2]);
}

function crossEntropy(scores: numpy.Array, labels: numpy.Array): numpy.Array {
  const [batch] = scores.shape;
  return numpy.sum(nn.logSoftmax(scores, 1).mul(labels)).mul(-1 / batch);
}

/** One update of Kingma & Ba, 2015, algorithm 1; `corrections` is [1 − β₁ᵗ, 1 − β₂ᵗ]. Owns its arguments. */
function adam(weights: Arrays, grads: Arrays, m: Arrays, v: Arrays, corrections: numpy.Array) {
  const [c1, c2] = numpy.split(corrections, 2);
  const first = m.map((old, i) => old.mul(beta1).add(grads[i].ref.mul(1 - beta1)));
  const second = v.map((old, i) => old.mul(beta2).add(numpy.square(grads[i]).mul(1 - beta2)));
  const next = weights.map((old, i) => {
    const step = first[i].ref.div(c1.ref).div(numpy.sqrt(second[i].ref.div(c2.ref)).add(epsilon));
    return old.sub(step.mul(rate));
  });
  c1.dispose();
  c2.dispose();
  return { weights: next, first, second };
}
