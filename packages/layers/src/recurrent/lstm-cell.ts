import { add, concat, mul, sigmoid, split, square, sub, tanh } from '@dl/tensor';
import type { Cell } from './cell.ts';
import { sigmoidGrad } from './sigmoid-grad.ts';

/** $c' = f c + i g$, $h' = o \tanh c'$; gates in PyTorch's order: input, forget, cell, output. */
export const lstmCell: Cell = {
  name: 'LSTM',
  gates: 4,
  states: 2,
  hasHiddenBias: false,
  step(fromInput, fromHidden, [h, c]) {
    const [a, b, d, e] = split(add(fromInput, fromHidden), h.shape[1], 1);
    const [i, f, g, o] = [sigmoid(a), sigmoid(b), tanh(d), sigmoid(e)];
    const nextC = add(mul(f, c), mul(i, g));
    const t = tanh(nextC);
    return { next: [mul(o, t), nextC], saved: [i, f, g, o, t] };
  },
  grad({ saved: [i, f, g, o, t] }, [, c], [dh, dc]) {
    const dNextC = add(dc, mul(mul(dh, o), sub(1, square(t))));
    const gates = concat(
      [
        sigmoidGrad(mul(dNextC, g), i),
        sigmoidGrad(mul(dNextC, c), f),
        mul(mul(dNextC, i), sub(1, square(g))),
        sigmoidGrad(mul(dh, t), o),
      ],
      1,
    );
    return { fromInput: gates, fromHidden: gates, state: [undefined, mul(dNextC, f)] };
  },
};
