import { ArgumentError } from '../errors.ts';
import { lengthOf, type Matrix, subnormal, symmetrized, zeroMatrix } from './matrix.ts';
import { signOf } from './signs.ts';

/** Turns of the QL iteration for one eigenvalue: three are usual. */
const mostTurns = 60;

/**
 * Eigenvalues, ascending, in the first row; below it the eigenvectors of $(A + A^\top) / 2$, one a column.
 *
 * Householder reflections to a tridiagonal matrix, then implicit QL.
 *
 * @see Golub & Van Loan, Matrix Computations, chapter 8
 * @throws {@link ArgumentError} for entries that are not finite
 */
export function eigh(a: Matrix): Matrix {
  const n = a.rows;
  if (!a.data.every(Number.isFinite)) throw new ArgumentError('eigh', 'the matrix must be finite, got NaN or an infinity');
  const vectors = symmetrized(a).data;
  const diagonal = new Float64Array(n);
  const below = new Float64Array(n);
  tridiagonalize(vectors, n, diagonal, below);
  diagonalize(vectors, n, diagonal, below);
  const order = Array.from(diagonal, (_, i) => i).sort((i, j) => diagonal[i] - diagonal[j]);
  const found = zeroMatrix(n + 1, n);
  order.forEach((from, to) => {
    found.data[to] = diagonal[from];
    // Eigenvectors are rows until here.
    const sign = signOf(vectors, from * n, 1, n);
    for (let i = 0; i < n; i++) found.data[(i + 1) * n + to] = sign * vectors[from * n + i];
  });
  return found;
}

/**
 * Replaces the symmetric `a` by the rows of an orthogonal $Q$ with $Q A Q^\top$ tridiagonal: its `diagonal`, and in `below[i]` the entry beside
 * `diagonal[i]` and `diagonal[i + 1]`.
 */
function tridiagonalize(a: Float64Array, n: number, diagonal: Float64Array, below: Float64Array): void {
  const reflections: { readonly v: Float64Array; readonly tau: number }[] = [];
  for (let k = 0; k < n - 2; k++) {
    const v = new Float64Array(n);
    const head = a[(k + 1) * n + k];
    if (lengthOf(a, (k + 2) * n + k, n, n - k - 2) < subnormal) {
      below[k] = head;
      continue;
    }
    const length = lengthOf(a, (k + 1) * n + k, n, n - k - 1);
    const beta = head > 0 ? -length : length;
    v[k + 1] = 1;
    for (let i = k + 2; i < n; i++) v[i] = a[i * n + k] / (head - beta);
    const tau = (beta - head) / beta;
    below[k] = beta;
    reflectBothSides(a, n, k + 1, v, tau);
    reflections.push({ v, tau });
  }
  if (n > 1) below[n - 2] = a[(n - 1) * n + n - 2];
  for (let i = 0; i < n; i++) diagonal[i] = a[i * n + i];
  a.fill(0);
  for (let i = 0; i < n; i++) a[i * n + i] = 1;
  for (const { v, tau } of reflections) reflectRows(a, n, v, tau);
}

/** $A \leftarrow H A H$ below and right of `from`, $H = I - \tau v v^\top$. */
function reflectBothSides(a: Float64Array, n: number, from: number, v: Float64Array, tau: number): void {
  const p = new Float64Array(n);
  let dot = 0;
  for (let i = from; i < n; i++) {
    let sum = 0;
    for (let j = from; j < n; j++) sum += a[i * n + j] * v[j];
    p[i] = tau * sum;
    dot += p[i] * v[i];
  }
  for (let i = from; i < n; i++) p[i] -= (tau / 2) * dot * v[i];
  for (let i = from; i < n; i++) {
    for (let j = from; j < n; j++) a[i * n + j] -= v[i] * p[j] + p[i] * v[j];
  }
}

/** $Q \leftarrow H Q$. */
function reflectRows(q: Float64Array, n: number, v: Float64Array, tau: number): void {
  const row = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    if (v[i] === 0) continue;
    for (let j = 0; j < n; j++) row[j] += v[i] * q[i * n + j];
  }
  for (let i = 0; i < n; i++) {
    if (v[i] === 0) continue;
    const share = tau * v[i];
    for (let j = 0; j < n; j++) q[i * n + j] -= share * row[j];
  }
}

/** Drives what lies `below` the diagonal to zero by implicit QL with Wilkinson's shift, and turns the rows of `q` along. */
function diagonalize(q: Float64Array, n: number, diagonal: Float64Array, below: Float64Array): void {
  for (let l = 0; l < n; l++) {
    for (let turn = 0; ; turn++) {
      const end = splitAt(diagonal, below, l, n);
      if (end === l) break;
      if (turn === mostTurns)
        throw new ArgumentError('eigh', `the iteration must end in ${mostTurns} turns, got one that does not`);
      chase(q, n, diagonal, below, l, end);
    }
  }
}

/** The first place from `l` on whose entry below the diagonal is nothing beside its neighbours. */
function splitAt(diagonal: Float64Array, below: Float64Array, l: number, n: number): number {
  for (let m = l; m < n - 1; m++) {
    const scale = Math.abs(diagonal[m]) + Math.abs(diagonal[m + 1]);
    if (Math.abs(below[m]) <= Math.max(Number.EPSILON * scale, subnormal)) return m;
  }
  return n - 1;
}

/** One implicit QL step on the block from `l` to `m`. */
function chase(q: Float64Array, n: number, d: Float64Array, e: Float64Array, l: number, m: number): void {
  const slope = (d[l + 1] - d[l]) / (2 * e[l]);
  let g = d[m] - d[l] + e[l] / (slope + Math.sign(slope || 1) * Math.hypot(slope, 1));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = m - 1; i >= l; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.hypot(f, g);
    e[i + 1] = r;
    if (r === 0) {
      // The block has split by itself.
      d[i + 1] -= shift;
      e[m] = 0;
      return;
    }
    sine = f / r;
    cosine = g / r;
    g = d[i + 1] - shift;
    const t = (d[i] - g) * sine + 2 * cosine * b;
    shift = sine * t;
    d[i + 1] = g + shift;
    g = cosine * t - b;
    rotate(q, i * n, (i + 1) * n, n, cosine, sine);
  }
  d[l] -= shift;
  e[l] = g;
  e[m] = 0;
}

/** Turns the rows at `upper` and `lower`. */
function rotate(q: Float64Array, upper: number, lower: number, n: number, cosine: number, sine: number): void {
  for (let k = 0; k < n; k++) {
    const x = q[lower + k];
    const y = q[upper + k];
    q[lower + k] = sine * y + cosine * x;
    q[upper + k] = cosine * y - sine * x;
  }
}
