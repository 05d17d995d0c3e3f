import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { sub } from '../arithmetic/sub.ts';
import { neg } from '../elementwise/neg.ts';
import { slice } from '../layout/slice.ts';
import { transpose } from '../layout/transpose.ts';
import { tril } from '../layout/tril.ts';
import { triu } from '../layout/triu.ts';
import { matmul } from '../linear/matmul.ts';
import { factorOp } from './factor-op.ts';
import { checkMatrix } from './matrices.ts';
import { solveTriangular } from './solve-triangular.ts';

/** What {@link qr} makes of `[..., m, n]`, with $k = \min(m, n)$. */
export interface QrResult {
  /** `[..., m, k]`: orthonormal columns. */
  readonly q: Tensor;
  /** `[..., k, n]`: zeros below the diagonal. */
  readonly r: Tensor;
}

/** Q of tall matrices. */
const orthonormalOp = factorOp(
  'qr',
  (grad, { inputs: [a], output: q }) => {
    const m = neg(matmul(grad, q, { transposeA: true }));
    const share = add(grad, matmul(q, add(tril(m), transpose(tril(m, -1)))));
    return timesInverse(share, triangleOf(q, a), true);
  },
  (tangent, { inputs: [a], output: q }) => {
    const moved = timesInverse(tangent, triangleOf(q, a), false);
    const inside = matmul(q, moved, { transposeA: true });
    const turn = sub(tril(inside, -1), transpose(tril(inside, -1)));
    return add(matmul(q, turn), sub(moved, matmul(q, inside)));
  },
);

/** $R$ of $A = Q R$. */
function triangleOf(q: Tensor, a: Tensor): Tensor {
  return triu(matmul(q, a, { transposeA: true }));
}

/** $X R^{-1}$, or $X R^{-\top}$. */
function timesInverse(x: Tensor, r: Tensor, transposed: boolean): Tensor {
  return transpose(solveTriangular(r, transpose(x), { upper: true, transpose: !transposed }));
}

/**
 * Reduced QR factorisation $A = Q R$ by Householder reflections. Signs are LAPACK's, so the diagonal of $R$ may be negative.
 *
 * @param a - `[..., m, n]`; gradients exist where its first $k$ columns are independent
 * @throws {@link ShapeError} for less than two axes
 * @throws {@link DTypeError} for integers and bool
 * @see Golub & Van Loan, Matrix Computations, chapter 5; Walter & Lehmann, 2010, for the derivative
 * @example
 * const { q, r } = qr(tensor([[0, 2], [3, 1]]));
 * await matmul(q, r).array() // [[0, 2], [3, 1]]
 */
export function qr(a: Tensor): QrResult {
  checkMatrix('qr', a);
  const [m, n] = a.shape.slice(-2);
  // Q depends on the first columns only, as many as there are rows.
  const tall = n > m ? slice(a, [...a.shape.slice(0, -1).map(() => null), [0, m]]) : a;
  const q = apply(orthonormalOp, [tall], { fn: 'qr' });
  return { q, r: triangleOf(q, a) };
}
