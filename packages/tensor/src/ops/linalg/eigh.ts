import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { concat } from '../layout/concat.ts';
import { diagEmbed } from '../layout/diag-embed.ts';
import { diagonal } from '../layout/diagonal.ts';
import { squeeze } from '../layout/squeeze.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { matmul } from '../linear/matmul.ts';
import { factorOp } from './factor-op.ts';
import { inverseGaps } from './inverse-gaps.ts';
import { checkSquare, rowsOf, symmetric } from './matrices.ts';

/** What {@link eigh} makes of `[..., n, n]`. */
export interface EighResult {
  /** `[..., n]`, ascending. */
  readonly eigenvalues: Tensor;
  /** `[..., n, n]`: one a column, of length 1, the entry of largest magnitude positive. */
  readonly eigenvectors: Tensor;
}

const eighOp = factorOp(
  'eigh',
  (grad, { output }) => {
    const { eigenvalues, eigenvectors } = unpacked(output);
    const given = unpacked(grad);
    const turn = mul(matmul(eigenvectors, given.eigenvectors, { transposeA: true }), inverseGaps(eigenvalues));
    const inner = add(diagEmbed(given.eigenvalues), turn);
    return symmetric(matmul(matmul(eigenvectors, inner), eigenvectors, { transposeB: true }));
  },
  (tangent, { output }) => {
    const { eigenvalues, eigenvectors } = unpacked(output);
    const inner = matmul(matmul(eigenvectors, symmetric(tangent), { transposeA: true }), eigenvectors);
    const values = unsqueeze(diagonal(inner, { axis0: -2, axis1: -1 }), -2);
    return concat([values, matmul(eigenvectors, mul(inner, inverseGaps(eigenvalues)))], -2);
  },
);

/** Eigenvalues lie above the eigenvectors. */
function unpacked(packed: Tensor): EighResult {
  const n = packed.shape[packed.rank - 1];
  return { eigenvalues: squeeze(rowsOf(packed, 0, 1), -2), eigenvectors: rowsOf(packed, 1, n + 1) };
}

/**
 * Eigenvalues and eigenvectors of symmetric matrices, $A = V \operatorname{diag}(\lambda) V^\top$: the principal axes of a covariance.
 *
 * The gradient of an eigenvector exists where its eigenvalue differs from the others; equal ones share nothing.
 *
 * @param a - `[..., n, n]`; of a matrix that is not symmetric, $(A + A^\top) / 2$ is taken
 * @throws {@link ShapeError} for matrices that are not square
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} for NaN and infinities, on backends that notice: those on the CPU do
 * @see Golub & Van Loan, Matrix Computations, chapter 8
 * @example
 * const { eigenvalues } = eigh(tensor([[2, 1], [1, 2]]));
 * await eigenvalues.data() // Float32Array [1, 3]
 */
export function eigh(a: Tensor): EighResult {
  checkSquare('eigh', a);
  return unpacked(apply(eighOp, [a], { fn: 'eigh' }));
}
