import { add, concat, mul, sigmoid, split, square, sub, tanh } from '@dl/tensor';
import type { Cell } from './cell.ts';
import { sigmoidGrad } from './sigmoid-grad.ts';

/**
 * $h' = (1 - z) n + z h$ with $n = \tanh(x_n + r h_n)$; gates in PyTorch's order: reset, update, new. As there, the reset gate multiplies the
 * product with its bias (Cho et al. reset $h$ before the product).
 */
export const gruCell: Cell = {
  name: 'GRU',
  gates: 3,
  states: 1,
  hasHiddenBias: true,
  step(fromInput, fromHidden, [h]) {
    const [xr, xz, xn] = split(fromInput, h.shape[1], 1);
    const [hr, hz, hn] = split(fromHidden, h.shape[1], 1);
    const [r, z] = [sigmoid(add(xr, hr)), sigmoid(add(xz, hz))];
    const n = tanh(add(xn, mul(r, hn)));
    return { next: [add(n, mul(z, sub(h, n)))], saved: [r, z, n, hn] };
  },
  grad({ saved: [r, z, n, hn] }, [h], [dh]) {
    const dn = mul(mul(dh, sub(1, z)), sub(1, square(n)));
    const dz = sigmoidGrad(mul(dh, sub(h, n)), z);
    const dr = sigmoidGrad(mul(dn, hn), r);
    return { fromInput: concat([dr, dz, dn], 1), fromHidden: concat([dr, dz, mul(dn, r)], 1), state: [mul(dh, z)] };
  },
};
