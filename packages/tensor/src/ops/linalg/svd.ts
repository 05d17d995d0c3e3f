import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { div } from '../arithmetic/div.ts';
import { mul } from '../arithmetic/mul.ts';
import { sub } from '../arithmetic/sub.ts';
import { square } from '../elementwise/square.ts';
import { concat } from '../layout/concat.ts';
import { diagEmbed } from '../layout/diag-embed.ts';
import { diagonal } from '../layout/diagonal.ts';
import { squeeze } from '../layout/squeeze.ts';
import { transpose } from '../layout/transpose.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { matmul } from '../linear/matmul.ts';
import { factorOp } from './factor-op.ts';
import { inverseGaps } from './inverse-gaps.ts';
import { checkMatrix, rowsOf } from './matrices.ts';

/** What {@link svd} makes of `[..., m, n]`, with $k = \min(m, n)$. */
export interface SvdResult {
  /** `[..., m, k]`: left singular vectors, one a column, the entry of largest magnitude positive. */
  readonly u: Tensor;
  /** `[..., k]`: singular values, descending. */
  readonly s: Tensor;
  /** `[..., k, n]`: right singular vectors, one a row. */
  readonly vh: Tensor;
}

/** Both sides with one vector a column. */
interface Parts {
  readonly u: Tensor;
  readonly s: Tensor;
  readonly v: Tensor;
}

const svdOp = factorOp(
  'svd',
  (grad, { inputs: [a], output }) => {
    const { u, s, v } = unpacked(output, a);
    const given = unpacked(grad, a);
    const gaps = inverseGaps(square(s));
    const row = unsqueeze(s, -2);
    const column = unsqueeze(s, -1);
    const leftTurn = mul(mul(gaps, skew(matmul(u, given.u, { transposeA: true }))), row);
    const rightTurn = mul(mul(gaps, skew(matmul(v, given.v, { transposeA: true }))), column);
    const inner = add(add(leftTurn, rightTurn), diagEmbed(given.s));
    const inside = matmul(matmul(u, inner), v, { transposeB: true });
    const left = matmul(div(outside(u, given.u), row), v, { transposeB: true });
    const right = matmul(div(u, row), outside(v, given.v), { transposeB: true });
    return add(add(inside, left), right);
  },
  (tangent, { inputs: [a], output }) => {
    const { u, s, v } = unpacked(output, a);
    const gaps = inverseGaps(square(s));
    const row = unsqueeze(s, -2);
    const column = unsqueeze(s, -1);
    const inner = matmul(matmul(u, tangent, { transposeA: true }), v);
    const turned = transpose(inner);
    const du = matmul(u, mul(gaps, add(mul(inner, row), mul(column, turned))));
    const dv = matmul(v, mul(gaps, add(mul(column, inner), mul(turned, row))));
    const left = div(outside(u, matmul(tangent, v)), row);
    const right = div(outside(v, matmul(tangent, u, { transposeA: true })), row);
    const ds = unsqueeze(diagonal(inner, { axis0: -2, axis1: -1 }), -2);
    return concat([add(du, left), ds, add(dv, right)], -2);
  },
);

/** $X - X^\top$. */
function skew(x: Tensor): Tensor {
  return sub(x, transpose(x));
}

/** $(I - U U^\top) X$: what of `x` the columns of `u` do not span. */
function outside(u: Tensor, x: Tensor): Tensor {
  return sub(x, matmul(u, matmul(u, x, { transposeA: true })));
}

/** Left vectors lie above the singular values, right vectors below. */
function unpacked(packed: Tensor, a: Tensor): Parts {
  const [m, n] = a.shape.slice(-2);
  return {
    u: rowsOf(packed, 0, m),
    s: squeeze(rowsOf(packed, m, m + 1), -2),
    v: rowsOf(packed, m + 1, m + 1 + n),
  };
}

/**
 * Reduced singular value decomposition $A = U \operatorname{diag}(s) V^\top$, by one-sided Jacobi rotations in double precision.
 *
 * Gradients exist where the singular values are distinct and positive.
 *
 * @param a - `[..., m, n]`
 * @throws {@link ShapeError} for less than two axes
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} for NaN and infinities, on backends that notice: those on the CPU do
 * @see Demmel & Veselić, 1992; Townsend, Differentiating the singular value decomposition, 2016
 * @example
 * const { s } = svd(tensor([[3, 0], [0, -4]]));
 * await s.data() // Float32Array [4, 3]
 */
export function svd(a: Tensor): SvdResult {
  checkMatrix('svd', a);
  const { u, s, v } = unpacked(apply(svdOp, [a], { fn: 'svd' }), a);
  return { u, s, vh: transpose(v) };
}
