import { ArgumentError } from '../errors.ts';
import { lu } from './lu.ts';
import { type Matrix, transposed } from './matrix.ts';

/** What is known of the matrix of a linear system: the other triangle of a triangular one is not read. */
export type SolveKind = 'general' | 'lower' | 'upper';

/**
 * $X$ with $A X = B$.
 *
 * @param b - `[n, m]`
 * @throws {@link ArgumentError} for a singular matrix
 */
function solve(a: Matrix, b: Matrix, kind: SolveKind, transpose: boolean): Matrix {
  const own = transpose ? transposed(a) : a;
  if (kind !== 'general') return substituted(own.data, b, (kind === 'lower') !== transpose ? 'lower' : 'upper', false);
  const { triangles, order } = lu(own);
  const permuted = b.data.slice();
  order.forEach((from, to) => {
    permuted.set(b.data.subarray(from * b.columns, (from + 1) * b.columns), to * b.columns);
  });
  const half = substituted(triangles, { ...b, data: permuted }, 'lower', true);
  return substituted(triangles, half, 'upper', false);
}

/** Solves with one triangle of `t`, downwards or upwards. */
function substituted(t: Float64Array, b: Matrix, triangle: 'lower' | 'upper', hasUnitDiagonal: boolean): Matrix {
  const { rows: n, columns: m } = b;
  const x = b.data.slice();
  for (let step = 0; step < n; step++) {
    const i = triangle === 'lower' ? step : n - 1 - step;
    const [from, to] = triangle === 'lower' ? [0, i] : [i + 1, n];
    const pivot = hasUnitDiagonal ? 1 : t[i * n + i];
    if (pivot === 0) throw new ArgumentError('solve', `the matrix must be invertible, got pivot 0 in row ${i}`);
    for (let k = from; k < to; k++) {
      const factor = t[i * n + k];
      if (factor === 0) continue;
      for (let j = 0; j < m; j++) x[i * m + j] -= factor * x[k * m + j];
    }
    for (let j = 0; j < m; j++) x[i * m + j] /= pivot;
  }
  return { data: x, rows: n, columns: m };
}

/** Solves each of `count` systems: matrices `[n, n]` in `a`, right-hand sides `[n, m]` in `b`. */
export function solveEach(
  a: Float64Array,
  b: Float64Array,
  n: number,
  m: number,
  count: number,
  { kind, transpose }: { readonly kind: SolveKind; readonly transpose: boolean },
): Float64Array {
  const found = new Float64Array(b.length);
  for (let i = 0; i < count; i++) {
    const matrix = { data: a.subarray(i * n * n, (i + 1) * n * n), rows: n, columns: n };
    const side = { data: b.subarray(i * n * m, (i + 1) * n * m), rows: n, columns: m };
    found.set(solve(matrix, side, kind, transpose).data, i * n * m);
  }
  return found;
}
