import { lengthOf, type Matrix, subnormal, zeroMatrix } from './matrix.ts';

/**
 * The orthonormal factor $Q$ `[m, n]` of $A = Q R$, for $m \ge n$, by Householder reflections. As in LAPACK, an entry of the diagonal of $R$ has
 * the sign opposite to that of what the reflection met there.
 */
export function orthonormal({ data, rows: m, columns: n }: Matrix): Matrix {
  const a = data.slice();
  const scales = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    if (lengthOf(a, (k + 1) * n + k, n, m - k - 1) < subnormal) continue;
    const head = a[k * n + k];
    const length = lengthOf(a, k * n + k, n, m - k);
    const beta = head > 0 ? -length : length;
    scales[k] = (beta - head) / beta;
    for (let i = k + 1; i < m; i++) a[i * n + k] /= head - beta;
    a[k * n + k] = beta;
    for (let j = k + 1; j < n; j++) reflect(a, n, m, k, a, j, n, scales[k]);
  }
  const q = zeroMatrix(m, n);
  for (let j = 0; j < n; j++) q.data[j * n + j] = 1;
  for (let k = n - 1; k >= 0; k--) {
    if (scales[k] === 0) continue;
    for (let j = k; j < n; j++) reflect(a, n, m, k, q.data, j, n, scales[k]);
  }
  return q;
}

/** Applies $I - \tau v v^\top$ to column `j` of `x`, where $v$ is 1 in row `k` and below it column `k` of `a`. */
function reflect(
  a: Float64Array,
  widthA: number,
  rows: number,
  k: number,
  x: Float64Array,
  j: number,
  widthX: number,
  tau: number,
): void {
  let dot = x[k * widthX + j];
  for (let i = k + 1; i < rows; i++) dot += a[i * widthA + k] * x[i * widthX + j];
  const share = tau * dot;
  x[k * widthX + j] -= share;
  for (let i = k + 1; i < rows; i++) x[i * widthX + j] -= share * a[i * widthA + k];
}
