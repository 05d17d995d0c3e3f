import { Linear } from '@dl/layers';
import { add, matmul } from '@dl/tensor';

/**
 * One linear layer that does what a chain of them does: $W = W_n \cdots W_1$, $b = W_n(\cdots(W_2 b_1 + b_2)\cdots) + b_n$. Without
 * activations between them layers add nothing.
 */
export function foldLinear([first, ...rest]: readonly [Linear, ...Linear[]]): Linear {
  let [weight, bias] = [first.weight.mul(1), first.bias?.mul(1)];
  for (const layer of rest) {
    if (bias !== undefined) bias = matmul(layer.weight, bias);
    if (layer.bias !== undefined) bias = bias === undefined ? layer.bias.mul(1) : add(bias, layer.bias);
    weight = matmul(layer.weight, weight);
  }
  const folded = new Linear(weight.shape[1], weight.shape[0], { bias: bias !== undefined });
  folded.weight.assign(weight);
  if (bias !== undefined) folded.bias?.assign(bias);
  return folded;
}
