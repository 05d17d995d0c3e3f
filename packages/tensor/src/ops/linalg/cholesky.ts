import { apply } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { transpose } from '../layout/transpose.ts';
import { matmul } from '../linear/matmul.ts';
import { factorOp } from './factor-op.ts';
import { checkSquare, halfLower, symmetric } from './matrices.ts';
import { solveTriangular } from './solve-triangular.ts';

const choleskyOp = factorOp(
  'cholesky',
  (grad, { output: l }) => {
    const inner = halfLower(matmul(l, grad, { transposeA: true }));
    // L^-T P L^-1, from the left and then, transposed, from the left again.
    const left = solveTriangular(l, inner, { upper: false, transpose: true });
    return symmetric(transpose(solveTriangular(l, transpose(left), { upper: false, transpose: true })));
  },
  (tangent, { output: l }) => {
    const left = solveTriangular(l, symmetric(tangent), { upper: false });
    return matmul(l, halfLower(transpose(solveTriangular(l, transpose(left), { upper: false }))));
  },
);

/**
 * Cholesky factorisation of symmetric positive definite matrices: the lower triangular $L$ with $L L^\top = A$.
 *
 * @param a - `[..., n, n]`; of a matrix that is not symmetric, $(A + A^\top) / 2$ is taken
 * @returns `[..., n, n]`, zeros above the diagonal
 * @throws {@link ShapeError} for matrices that are not square
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} for a matrix that is not positive definite, on backends that notice: those on the CPU do
 * @see Murray, Differentiation of the Cholesky decomposition, 2016
 * @example
 * await cholesky(tensor([[4, 2], [2, 5]])).array() // [[2, 0], [1, 2]]
 */
export function cholesky(a: Tensor): Tensor {
  checkSquare('cholesky', a);
  return apply(choleskyOp, [a], { fn: 'cholesky' });
}
