import { add, concat, fuse, mul, sigmoid, split, square, sub, tanh } from '@dl/tensor';
import type { Cell } from './cell.ts';
import { sigmoidGrad } from './sigmoid-grad.ts';

/** $c' = f c + i g$, $h' = o \tanh c'$; gates in PyTorch's order: input, forget, cell, output. */
export const lstmCell: Cell = {
  name: 'LSTM',
  gates: 4,
  states: 2,
  hasHiddenBias: false,
  step(fromInput, fromHidden, [h, c]) {
    const gates = add(fromInput, fromHidden);
    const [a, b, d, e] = split(gates, h.shape[1], 1);
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
  sequence: {
    run([projected, weight, h, c], reverse) {
      const states = { shape: [2, projected.shape[0], ...c.shape], dtype: c.dtype };
      const made = fuse('lstm', [projected, weight, h, c], { reverse }, [states, projected]);
      return made && { output: made[0], saved: made.slice(1) };
    },
    grad(grad, [projected, weight, h, c], { output, saved }, reverse) {
      const inputs = [saved[0], weight, c, output, grad];
      const grads = fuse('lstmGrad', inputs, { reverse }, [projected, h, c]);
      return grads && { projected: grads[0], state: grads.slice(1) };
    },
  },
};
