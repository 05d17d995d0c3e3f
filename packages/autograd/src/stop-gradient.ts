import type { NoAttrs } from '@dl/kernels';
import { apply, type Op, type Tensor } from '@dl/tensor';

const stopGradientOp: Op<NoAttrs> = {
  name: 'stopGradient',
  infer: ([x]) => x,
  forward(backend, [x]) {
    backend.retain(x.buffer);
    return x.buffer;
  },
  vjp: [null],
  jvp: [null],
};

/**
 * `x` as a constant: the same values (and block), through which no gradient flows. PyTorch's `detach`.
 *
 * @param x - any shape and dtype
 * @example
 * await grad((x: Tensor) => x.mul(stopGradient(x)).sum())(tensor([3])).data() // Float32Array [3]
 */
export function stopGradient(x: Tensor): Tensor {
  return apply(stopGradientOp, [x], {});
}
