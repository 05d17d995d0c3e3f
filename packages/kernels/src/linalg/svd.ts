import { ArgumentError } from '../errors.ts';
import { lengthOf, type Matrix, transposed, zeroMatrix } from './matrix.ts';
import { orthonormal } from './qr.ts';
import { signOf } from './signs.ts';

/** Sweeps over all pairs of columns: six to ten are usual. */
const mostSweeps = 60;

/** A length, beside entries of 1, whose square is next to nothing: vectors as short as that have lost their direction. */
const negligible = 1e-140;

/**
 * Left singular vectors `[m, k]`, singular values `[1, k]`, descending, and right singular vectors `[n, k]`, one below the other,
 * $k = \min(m, n)$. In each pair of vectors the left one's largest entry is positive.
 *
 * One-sided Jacobi rotations, on $R$ of $A = Q R$ where the matrix is tall.
 *
 * @see Demmel & Veselić, 1992
 * @throws {@link ArgumentError} for entries that are not finite
 */
export function svd(a: Matrix): Matrix {
  if (!a.data.every(Number.isFinite)) throw new ArgumentError('svd', 'the matrix must be finite, got NaN or an infinity');
  const isWide = a.rows < a.columns;
  const scale = a.data.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const scaled = { ...a, data: a.data.map((value) => value / scale) };
  const tall = isWide ? transposed(scaled) : scaled;
  const { left, values, right } = decompose(tall);
  const [u, v] = isWide ? [right, left] : [left, right];
  const k = tall.columns;
  const found = zeroMatrix(a.rows + 1 + a.columns, k);
  for (let j = 0; j < k; j++) {
    const sign = signOf(u.data, j * u.columns, 1, u.columns);
    for (let i = 0; i < a.rows; i++) found.data[i * k + j] = sign * u.data[j * u.columns + i];
    found.data[a.rows * k + j] = values[j] * scale;
    for (let i = 0; i < a.columns; i++) found.data[(a.rows + 1 + i) * k + j] = sign * v.data[j * v.columns + i];
  }
  return found;
}

/** Singular vectors as rows. */
interface Decomposition {
  readonly left: Matrix;
  readonly values: Float64Array;
  readonly right: Matrix;
}

function decompose(a: Matrix): Decomposition {
  const { rows: m, columns: n } = a;
  if (m === n) return rotateColumns(a);
  const q = orthonormal(a);
  const { left, values, right } = rotateColumns(multiplied(transposed(q), a));
  return { left: multiplied(left, transposed(q)), values, right };
}

function multiplied(a: Matrix, b: Matrix): Matrix {
  const product = zeroMatrix(a.rows, b.columns);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.columns; k++) {
      const factor = a.data[i * a.columns + k];
      for (let j = 0; j < b.columns; j++) product.data[i * b.columns + j] += factor * b.data[k * b.columns + j];
    }
  }
  return product;
}

/** Turns pairs of columns of a square matrix until all are orthogonal: their lengths are the singular values. */
function rotateColumns(a: Matrix): Decomposition {
  const n = a.rows;
  const columns = transposed(a).data;
  const turns = zeroMatrix(n, n).data;
  for (let i = 0; i < n; i++) turns[i * n + i] = 1;
  let isOrthogonal = false;
  for (let sweep = 0; !isOrthogonal; sweep++) {
    if (sweep === mostSweeps)
      throw new ArgumentError('svd', `the iteration must end in ${mostSweeps} sweeps, got one that does not`);
    isOrthogonal = true;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) if (orthogonalize(columns, turns, n, p, q)) isOrthogonal = false;
    }
  }
  const lengths = Float64Array.from({ length: n }, (_, j) => lengthOf(columns, j * n, 1, n));
  const order = Array.from(lengths, (_, j) => j).sort((i, j) => lengths[j] - lengths[i]);
  const values = Float64Array.from(order, (j) => lengths[j]);
  const left = zeroMatrix(n, n);
  const right = zeroMatrix(n, n);
  order.forEach((from, to) => {
    right.data.set(turns.subarray(from * n, from * n + n), to * n);
    if (lengths[from] > negligible) for (let i = 0; i < n; i++) left.data[to * n + i] = columns[from * n + i] / lengths[from];
    else completeRow(left.data, n, to);
  });
  return { left, values, right };
}

/** Makes columns `p` and `q` orthogonal. Returns whether they were not. */
function orthogonalize(columns: Float64Array, turns: Float64Array, n: number, p: number, q: number): boolean {
  let alpha = 0;
  let beta = 0;
  let gamma = 0;
  for (let i = 0; i < n; i++) {
    const x = columns[p * n + i];
    const y = columns[q * n + i];
    alpha += x * x;
    beta += y * y;
    gamma += x * y;
  }
  if (Math.min(alpha, beta) < negligible ** 2 || Math.abs(gamma) <= 4 * Number.EPSILON * Math.sqrt(alpha) * Math.sqrt(beta))
    return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const tangent = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  turn(columns, n, p, q, cosine, sine);
  turn(turns, n, p, q, cosine, sine);
  return true;
}

function turn(rows: Float64Array, n: number, p: number, q: number, cosine: number, sine: number): void {
  for (let i = 0; i < n; i++) {
    const x = rows[p * n + i];
    const y = rows[q * n + i];
    rows[p * n + i] = cosine * x - sine * y;
    rows[q * n + i] = sine * x + cosine * y;
  }
}

/** Fills row `at` with a unit vector orthogonal to the rows before it: of a singular value of 0, any will do. */
function completeRow(rows: Float64Array, n: number, at: number): void {
  for (let axis = 0; axis < n; axis++) {
    const candidate = new Float64Array(n);
    candidate[axis] = 1;
    for (let pass = 0; pass < 2; pass++) {
      for (let r = 0; r < at; r++) {
        let dot = 0;
        for (let i = 0; i < n; i++) dot += rows[r * n + i] * candidate[i];
        for (let i = 0; i < n; i++) candidate[i] -= dot * rows[r * n + i];
      }
    }
    const length = lengthOf(candidate, 0, 1, n);
    if (length < 0.5 / Math.sqrt(n)) continue;
    for (let i = 0; i < n; i++) rows[at * n + i] = candidate[i] / length;
    return;
  }
}
