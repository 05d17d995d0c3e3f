import { add, greater, mul, relu, square, sub, type Tensor, tanh, where } from '@dl/tensor';
import type { Cell } from './cell.ts';

/** The activation of a plain recurrent layer. */
export type RNNNonlinearity = 'tanh' | 'relu';

interface Activation {
  apply(x: Tensor): Tensor;
  /** The gradient by `x`, from the one by `y`. */
  grad(grad: Tensor, y: Tensor): Tensor;
}

const activations: { readonly [N in RNNNonlinearity]: Activation } = {
  tanh: { apply: tanh, grad: (grad, y) => mul(grad, sub(1, square(y))) },
  relu: { apply: relu, grad: (grad, y) => where(greater(y, 0), grad, 0) },
};

/** The names that {@link rnnCell} knows. */
export const nonlinearities: readonly string[] = Object.keys(activations);

/** $h' = \varphi(\text{gates})$. */
export function rnnCell(nonlinearity: RNNNonlinearity): Cell {
  const activation = activations[nonlinearity];
  return {
    name: 'RNN',
    gates: 1,
    states: 1,
    hasHiddenBias: false,
    step: (fromInput, fromHidden) => ({ next: [activation.apply(add(fromInput, fromHidden))], saved: [] }),
    grad({ next: [y] }, _state, [dh]) {
      const gates = activation.grad(dh, y);
      return { fromInput: gates, fromHidden: gates, state: [undefined] };
    },
  };
}
