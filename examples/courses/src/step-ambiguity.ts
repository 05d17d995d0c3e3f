import { matmul, sign, type Tensor, tanh, tensor } from '@dl/tensor';

/** Two one-against-all perceptrons that give the activations of the exercise. */
const weights = [
  [6.55, 2.68],
  [-3.32, -0.9],
];

/** The activations of the two for a point, what a step makes of them, and what tanh does. */
export function oneAgainstAll(x: readonly [number, number]): { h: Tensor; step: Tensor; soft: Tensor } {
  const h = matmul(tensor(weights), tensor([...x]));
  return { h, step: sign(h), soft: tanh(h) };
}
