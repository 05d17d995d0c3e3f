import { ArgumentError } from '../errors.ts';
import { type Matrix, symmetrized, zeroMatrix } from './matrix.ts';

/**
 * The lower triangle $L$ with $L L^\top = (A + A^\top) / 2$.
 *
 * @throws {@link ArgumentError} for a matrix that is not positive definite
 */
export function cholesky(a: Matrix): Matrix {
  const n = a.rows;
  const { data: s } = symmetrized(a);
  const { data: l } = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = s[i * n + j];
      for (let k = 0; k < j; k++) rest -= l[i * n + k] * l[j * n + k];
      if (i > j) l[i * n + j] = rest / l[j * n + j];
      else if (rest > 0 || Number.isNaN(rest)) l[i * n + i] = Math.sqrt(rest);
      else throw new ArgumentError('cholesky', `the matrix must be positive definite, got pivot ${rest} in row ${i}`);
    }
  }
  return { data: l, rows: n, columns: n };
}
