import { vjp } from '@dl/autograd';
import {
  cast,
  gelu,
  greaterEqual,
  leakyRelu,
  linspace,
  onesLike,
  relu,
  sigmoid,
  silu,
  softplus,
  type Tensor,
  tanh,
} from '@dl/tensor';

/** An activation at many places. */
export interface ActivationCurve {
  readonly name: string;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** The derivative there, from the framework. */
  readonly slopes: readonly number[];
}

/** The activations of the lectures; `step` has no useful derivative, which is why the perceptron needed a rule of its own. */
const activations: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  step: (x) => cast(greaterEqual(x, 0), 'float32').add(x.mul(0)),
  sigmoid,
  tanh,
  ReLU: relu,
  softplus: (x) => softplus(x),
  'leaky ReLU, 0.1': (x) => leakyRelu(x, { negativeSlope: 0.1 }),
  GELU: (x) => gelu(x),
  SiLU: silu,
};

/** Every activation and its derivative from -4 to 4. */
export async function activationCurves(count = 81): Promise<ActivationCurve[]> {
  const x = linspace(-4, 4, count);
  const xs = await numbers(x);
  return Promise.all(
    Object.entries(activations).map(async ([name, fn]) => {
      const { value, grads } = vjp(fn, [x], onesLike(x));
      return { name, xs, ys: await numbers(value), slopes: await numbers(grads[0]) };
    }),
  );
}

const numbers = async (x: Tensor): Promise<number[]> => Array.from(await x.data(), Number);
