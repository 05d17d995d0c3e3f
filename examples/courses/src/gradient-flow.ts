import { valueAndGrad } from '@dl/autograd';
import { init, mseLoss, RNN } from '@dl/layers';
import { clipGradNorm, totalNorm } from '@dl/optim';
import { norm, Parameter, qr, Rng, relu, sigmoid, type Tensor } from '@dl/tensor';

/** Activations of {@link layerGradients}, each with the first weights that were made for it. */
const activations: Readonly<Record<'sigmoid' | 'relu', { fn: (x: Tensor) => Tensor; first: typeof init.kaimingNormal }>> = {
  sigmoid: { fn: sigmoid, first: init.xavierNormal },
  relu: { fn: relu, first: init.kaimingNormal },
};

/**
 * How long the gradients are that reach the weights of a plain network, first layer first. A sigmoid's slope is 1/4 at most, so that a layer
 * passes on a fraction of what it gets; a ReLU passes on all or nothing.
 */
export async function layerGradients(activation: 'sigmoid' | 'relu', depth = 16, width = 64): Promise<number[]> {
  const { fn, first } = activations[activation];
  const rng = new Rng(1);
  const weights = Array.from({ length: depth }, () => new Parameter(first([width, width], { rng })));
  const [x, target] = [rng.normal([32, width]), rng.normal([32, width])];
  const forward = (): Tensor => weights.reduce<Tensor>((h, weight) => fn(h.matmul(weight.transpose())), x);
  const { grads } = valueAndGrad(() => mseLoss(forward(), target), weights);
  return Promise.all(weights.map(async (weight) => Number(await norm(grads.get(weight)!).item())));
}

/**
 * How long the gradient of an RNN's last state is by its input at each step, first step first. The recurrent matrix is a rotation times
 * `scale`: going back a step multiplies by it, and small inputs keep tanh where its slope is 1.
 */
export async function timeGradients(scale: number, steps = 40, size = 16): Promise<number[]> {
  const rng = new Rng(2);
  const rnn = rotating(scale, size, rng);
  const x = rng.normal([steps, 1, size], { std: 1e-6 });
  const { grads } = valueAndGrad(() => rnn.forward(x).h.sum(), [x]);
  const lengths = norm(grads.get(x)!, [1, 2]);
  return Array.from(await lengths.data(), Number);
}

/** The norm of all gradients of an RNN together for sequences of each length, each state 1.2 times the last, as they come and clipped to `maxNorm`. */
export async function clippedGradients(lengths: readonly number[], maxNorm = 1): Promise<{ raw: number[]; clipped: number[] }> {
  const [raw, clipped]: [number[], number[]] = [[], []];
  for (const steps of lengths) {
    const rng = new Rng(2);
    const rnn = rotating(1.2, 16, rng);
    const x = rng.normal([steps, 1, 16], { std: 1e-6 });
    const { grads } = valueAndGrad(() => rnn.forward(x).h.sum(), rnn.parameters());
    raw.push(Number(await totalNorm(grads).item()));
    clipped.push(Number(await totalNorm(clipGradNorm(grads, maxNorm)).item()));
  }
  return { raw, clipped };
}

/** An RNN whose states turn, and grow or shrink by `scale` a step. */
function rotating(scale: number, size: number, rng: Rng): RNN {
  const rnn = new RNN(size, size, { bias: false, rng });
  rnn
    .namedParameters()
    .get('weight_hh_l0')
    ?.assign(qr(rng.normal([size, size])).q.mul(scale));
  return rnn;
}
