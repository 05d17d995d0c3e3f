import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { zerosLike } from '../create/zeros-like.ts';
import { concat } from '../layout/concat.ts';
import { diagonal } from '../layout/diagonal.ts';
import { slice } from '../layout/slice.ts';
import { squeeze } from '../layout/squeeze.ts';
import { transpose } from '../layout/transpose.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { sum } from '../reduce/sum.ts';
import { factorOp } from './factor-op.ts';
import { inverse } from './inverse.ts';
import { checkSquare } from './matrices.ts';
import { solve } from './solve.ts';

/** What {@link slogdet} makes of `[..., n, n]`. */
export interface SlogdetResult {
  /** `[...]`: −1, 0 or 1. It carries no gradient. */
  readonly sign: Tensor;
  /** `[...]`: $\ln |\det A|$, −∞ of a singular matrix. */
  readonly logabsdet: Tensor;
}

const slogdetOp = factorOp(
  'slogdet',
  (grad, { inputs: [a] }) => mul(entry(grad, 1), transpose(inverse(a))),
  (tangent, { inputs: [a] }) => {
    const moved = unsqueeze(unsqueeze(sum(diagonal(solve(a, tangent), { axis0: -2, axis1: -1 }), -1), -1), -1);
    return concat([zerosLike(moved), moved], -1);
  },
);

/** `[..., 1, 1]`: the sign, or the logarithm. */
function entry(packed: Tensor, index: 0 | 1): Tensor {
  return slice(packed, [...packed.shape.slice(0, -1).map(() => null), [index, index + 1]]);
}

/**
 * Sign and logarithm of the determinant, $\det A = \text{sign} \cdot e^{\text{logabsdet}}$, which does not overflow.
 *
 * @param a - `[..., n, n]`; gradients exist where it is invertible
 * @throws {@link ShapeError} for matrices that are not square
 * @throws {@link DTypeError} for integers and bool
 * @example
 * const { sign, logabsdet } = slogdet(tensor([[0, 1], [2, 0]]));
 * await sign.item() // -1
 * await logabsdet.item() // 0.6931
 */
export function slogdet(a: Tensor): SlogdetResult {
  checkSquare('slogdet', a);
  const packed = apply(slogdetOp, [a], { fn: 'slogdet' });
  const [sign, logabsdet] = [entry(packed, 0), entry(packed, 1)].map((one) => squeeze(squeeze(one, -1), -1));
  return { sign, logabsdet };
}
