import { formatShape, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { squeeze } from '../layout/squeeze.ts';
import { transpose } from '../layout/transpose.ts';
import { unsqueeze } from '../layout/unsqueeze.ts';
import { matmul } from '../linear/matmul.ts';
import { oneFloat } from '../linear/one-float.ts';
import { checkMatrix } from './matrices.ts';
import { qr } from './qr.ts';
import { solveTriangular } from './solve-triangular.ts';

/**
 * Least squares: the $X$ that minimises $\lVert A X - B \rVert_2$, or of the many that solve a wide system the shortest one; by QR, which is
 * more exact than the normal equations $X = (A^\top A)^{-1} A^\top B$.
 *
 * @param a - `[..., m, n]` of full rank; of less rank, use {@link pinv}
 * @param b - `[..., m, k]`, or a vector `[m]`
 * @returns `[..., n, k]`, or `[..., n]` for a vector
 * @throws {@link ShapeError} for a right-hand side of another height
 * @throws {@link DTypeError} unless both have one float dtype
 * @throws {@link ArgumentError} for columns that depend on each other exactly, on backends that notice: those on the CPU do
 * @example
 * // The line through (0, 1), (1, 3), (2, 5): intercept and slope.
 * await lstsq(tensor([[1, 0], [1, 1], [1, 2]]), tensor([1, 3, 5])).data() // Float32Array [1, 2]
 */
export function lstsq(a: Tensor, b: Tensor): Tensor {
  checkMatrix('lstsq', a);
  oneFloat('lstsq', a, b);
  if (b.rank === 1) return squeeze(lstsq(a, unsqueeze(b, 1)), -1);
  const [m, n] = a.shape.slice(-2);
  if (b.rank === 0 || b.shape[b.rank - 2] !== m) {
    throw new ShapeError(
      'lstsq',
      `the right-hand side must be [..., ${m}, k] or [${m}], got ${formatShape(b.shape)} (matrices ${formatShape(a.shape)})`,
    );
  }
  if (m >= n) {
    const { q, r } = qr(a);
    return solveTriangular(r, matmul(q, b, { transposeA: true }), { upper: true });
  }
  const { q, r } = qr(transpose(a));
  return matmul(q, solveTriangular(r, b, { upper: true, transpose: true }));
}
