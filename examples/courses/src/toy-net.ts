import { matmul, type Tensor } from '@dl/tensor';

/** Weights and biases of the MATLAB toy net; examples are columns, as there: `w1` `[h, 2]`, `b1` `[h, 1]`, `w2` `[1, h]`, `b2` `[1, 1]`. */
export interface ToyNet {
  readonly w1: Tensor;
  readonly b1: Tensor;
  readonly w2: Tensor;
  readonly b2: Tensor;
}

/** $y = \sigma(W_2 \sigma(W_1 x + b_1) + b_2)$. */
export function toyForward({ w1, b1, w2, b2 }: ToyNet, x: Tensor): { a1: Tensor; a2: Tensor } {
  const a1 = matmul(w1, x).add(b1).neg().exp().add(1).pow(-1);
  const a2 = matmul(w2, a1).add(b2).neg().exp().add(1).pow(-1);
  return { a1, a2 };
}

/** The gradients of $\frac{1}{2} \lVert y - t \rVert^2$, derived by hand as in the script: no tape. */
export function toyBackward(net: ToyNet, x: Tensor, t: Tensor): ToyNet {
  const { a1, a2 } = toyForward(net, x);
  const delta2 = a2.sub(t).mul(a2).mul(a2.neg().add(1));
  const delta1 = matmul(net.w2.transpose(), delta2).mul(a1).mul(a1.neg().add(1));
  return {
    w1: matmul(delta1, x.transpose()),
    b1: delta1.sum(1, { keepDims: true }),
    w2: matmul(delta2, a1.transpose()),
    b2: delta2.sum(1, { keepDims: true }),
  };
}

/** One step of descent by hand. */
export function toyStep(net: ToyNet, gradient: ToyNet, lr: number): ToyNet {
  const move = (key: keyof ToyNet): Tensor => net[key].sub(gradient[key].mul(lr));
  return { w1: move('w1'), b1: move('b1'), w2: move('w2'), b2: move('b2') };
}
