import type { Shape } from '../shape.ts';
import { cholesky } from './cholesky.ts';
import { eigh } from './eigh.ts';
import type { Matrix } from './matrix.ts';
import { orthonormal } from './qr.ts';
import { slogdet } from './slogdet.ts';
import { svd } from './svd.ts';

/**
 * What the kernel `factor` makes of each matrix: the triangle of Cholesky, the orthonormal $Q$ of a tall matrix, eigenvalues above
 * eigenvectors, left vectors above singular values above right vectors, or sign and logarithm of the determinant.
 */
export type FactorFn = 'cholesky' | 'qr' | 'eigh' | 'svd' | 'slogdet';

const factors: Readonly<Record<FactorFn, (a: Matrix) => Matrix>> = { cholesky, qr: orthonormal, eigh, svd, slogdet };

/** Rows and columns of what {@link FactorFn} makes of a matrix `[m, n]`. */
export function factorShape(fn: FactorFn, m: number, n: number): Shape {
  if (fn === 'slogdet') return [1, 2];
  if (fn === 'eigh') return [n + 1, n];
  return fn === 'svd' ? [m + 1 + n, Math.min(m, n)] : [m, n];
}

/** Runs `fn` on each of the matrices `[m, n]` that lie in `data`, and hands over the results in their order. */
export function factorEach(fn: FactorFn, data: Float64Array, m: number, n: number, count: number): Float64Array {
  const [rows, columns] = factorShape(fn, m, n);
  const found = new Float64Array(count * rows * columns);
  for (let i = 0; i < count; i++) {
    const matrix = { data: data.subarray(i * m * n, (i + 1) * m * n), rows: m, columns: n };
    found.set(factors[fn](matrix).data, i * rows * columns);
  }
  return found;
}
