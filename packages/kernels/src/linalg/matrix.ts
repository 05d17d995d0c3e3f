/** A dense matrix of doubles, row-major: what the factorisations work on. */
export interface Matrix {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Zeros. */
export function zeroMatrix(rows: number, columns: number): Matrix {
  return { data: new Float64Array(rows * columns), rows, columns };
}

export function transposed({ data, rows, columns }: Matrix): Matrix {
  const turned = zeroMatrix(columns, rows);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned.data[j * rows + i] = data[i * columns + j];
  return turned;
}

/** $(A + A^\top) / 2$: what a factorisation of symmetric matrices takes a matrix for. */
export function symmetrized({ data, rows: n }: Matrix): Matrix {
  const mean = zeroMatrix(n, n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) mean.data[i * n + j] = (data[i * n + j] + data[j * n + i]) / 2;
  return mean;
}

/** What a reflection ignores: numbers so small that they have lost digits. */
export const subnormal = 1e-290;

/** The length of a vector of `count` entries, `step` apart, the first at `start`: no square underflows or overflows on the way. */
export function lengthOf(data: Float64Array, start: number, step: number, count: number): number {
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(data[start + i * step]));
  if (largest === 0 || !Number.isFinite(largest)) return largest;
  let square = 0;
  for (let i = 0; i < count; i++) square += (data[start + i * step] / largest) ** 2;
  return largest * Math.sqrt(square);
}
