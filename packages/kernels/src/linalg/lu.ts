import type { Matrix } from './matrix.ts';

/** $P A = L U$: both triangles in one matrix, the ones on the diagonal of $L$ left out. */
export interface Lu {
  readonly triangles: Float64Array;
  /** Row `i` of $P A$ is row `order[i]` of $A$. */
  readonly order: Int32Array;
  /** The determinant of $P$. */
  readonly parity: 1 | -1;
}

/** LU factorisation with partial pivoting. A singular matrix gives a zero on the diagonal of $U$. */
export function lu({ data, rows: n }: Matrix): Lu {
  const a = data.slice();
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let parity: 1 | -1 = 1;
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i * n + k]) > Math.abs(a[best * n + k])) best = i;
    if (best !== k) {
      swapRows(a, n, k, best);
      [order[k], order[best]] = [order[best], order[k]];
      parity = parity === 1 ? -1 : 1;
    }
    const pivot = a[k * n + k];
    if (pivot === 0) continue;
    for (let i = k + 1; i < n; i++) {
      const factor = a[i * n + k] / pivot;
      a[i * n + k] = factor;
      if (factor === 0) continue;
      for (let j = k + 1; j < n; j++) a[i * n + j] -= factor * a[k * n + j];
    }
  }
  return { triangles: a, order, parity };
}

function swapRows(a: Float64Array, n: number, i: number, j: number): void {
  const row = a.slice(i * n, i * n + n);
  a.copyWithin(i * n, j * n, j * n + n);
  a.set(row, j * n);
}
