import { type FactorFn, factorEach, factorShape, solveEach } from '@dl/kernels';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const entry = fc.double({ min: -3, max: 3, noNaN: true });

function matrices(rows: fc.Arbitrary<number>, columns?: fc.Arbitrary<number>) {
  return rows.chain((m) =>
    (columns ?? fc.constant(m)).chain((n) =>
      fc.record({
        m: fc.constant(m),
        n: fc.constant(n),
        a: fc.array(entry, { minLength: m * n, maxLength: m * n }).map((values) => Float64Array.from(values)),
      }),
    ),
  );
}

function product(a: Float64Array, b: Float64Array, inner: number): Float64Array {
  const [m, n] = [a.length / inner, b.length / inner];
  return Float64Array.from({ length: m * n }, (_, at) => {
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a[Math.floor(at / n) * inner + k] * b[k * n + (at % n)];
    return sum;
  });
}

function turned(a: Float64Array, columns: number): Float64Array {
  const rows = a.length / columns;
  return Float64Array.from(a, (_, at) => a[(at % rows) * columns + Math.floor(at / rows)]);
}

function symmetric(a: Float64Array, n: number): Float64Array {
  const other = turned(a, n);
  return a.map((value, i) => (value + other[i]) / 2);
}

function expectClose(found: Float64Array, wanted: Float64Array, tolerance = 1e-10): void {
  expect(found.length).toBe(wanted.length);
  const worst = found.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i])), 0);
  expect(worst).toBeLessThan(tolerance);
}

function unit(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => Number(i % (n + 1) === 0));
}

function factor(fn: FactorFn, a: Float64Array, m: number, n: number): Float64Array {
  return factorEach(fn, a, m, n, 1);
}

/** `A V = V diag(λ)` with orthonormal, ordered V. */
function expectEigen(a: Float64Array, n: number): void {
  const found = factor('eigh', a, n, n);
  const [values, vectors] = [found.slice(0, n), found.slice(n)];
  expectClose(product(turned(vectors, n), vectors, n), unit(n));
  expectClose(
    product(symmetric(a, n), vectors, n),
    vectors.map((entryOf, i) => entryOf * values[i % n]),
    1e-9,
  );
  expect([...values]).toEqual([...values].sort((x, y) => x - y));
}

/** `A = U diag(s) Vᵀ` with orthonormal U and V, and s descending. */
function expectSingular(a: Float64Array, m: number, n: number): void {
  const k = Math.min(m, n);
  const found = factor('svd', a, m, n);
  const [u, s, v] = [found.slice(0, m * k), found.slice(m * k, m * k + k), found.slice((m + 1) * k)];
  expectClose(product(turned(u, k), u, m), unit(k));
  expectClose(product(turned(v, k), v, n), unit(k));
  const scaled = u.map((entryOf, i) => entryOf * s[i % k]);
  expectClose(product(scaled, turned(v, k), k), a, 1e-9);
  expect([...s]).toEqual([...s].sort((x, y) => y - x));
  expect(s.every((value) => value >= 0)).toBe(true);
}

describe('factor', () => {
  const extent = fc.integer({ min: 1, max: 9 });

  it('eigh diagonalises any symmetric matrix', () => {
    fc.assert(fc.property(matrices(extent), ({ a, n }) => expectEigen(a, n)));
  });

  it('eigh copes with equal eigenvalues, and with a matrix that is diagonal already', () => {
    expectEigen(unit(6), 6);
    expectEigen(new Float64Array(16), 4);
    expectEigen(Float64Array.from([3, 0, 0, 0, 1, 0, 0, 0, 2]), 3);
    expectEigen(new Float64Array(25).fill(1), 5);
  });

  it('eigh and svd of 120 rows', () => {
    const a = Float64Array.from({ length: 120 * 120 }, (_, i) => Math.sin(i * i));
    expectEigen(a, 120);
    expectSingular(a, 120, 120);
  });

  it('svd takes apart matrices of any shape', () => {
    fc.assert(fc.property(matrices(extent, extent), ({ a, m, n }) => expectSingular(a, m, n)));
  });

  it('svd gives orthonormal vectors where singular values are 0', () => {
    expectSingular(new Float64Array(12), 4, 3);
    expectSingular(Float64Array.from([1, 2, 2, 4, 3, 6]), 3, 2);
    expectSingular(Float64Array.from([1, 2, 3, 2, 4, 6]), 2, 3);
  });

  it('qr gives orthonormal columns that span the matrix', () => {
    const tall = matrices(fc.integer({ min: 6, max: 9 }), fc.integer({ min: 1, max: 6 }));
    fc.assert(
      fc.property(tall, ({ a, m, n }) => {
        const q = factor('qr', a, m, n);
        expectClose(product(turned(q, n), q, m), unit(n));
        expectClose(product(q, product(turned(q, n), a, m), n), a);
      }),
    );
  });

  it('cholesky gives back the product it is given', () => {
    fc.assert(
      fc.property(matrices(extent), ({ a, n }) => {
        const square = product(a, turned(a, n), n).map((value, i) => value + Number(i % (n + 1) === 0));
        const l = factor('cholesky', square, n, n);
        expectClose(product(l, turned(l, n), n), square);
      }),
    );
  });

  it('slogdet multiplies', () => {
    fc.assert(
      fc.property(matrices(fc.constant(4)), matrices(fc.constant(4)), (x, y) => {
        const [a, b, both] = [x.a, y.a, product(x.a, y.a, 4)].map((one) => factor('slogdet', one, 4, 4));
        const determinant = ([sign, log]: Float64Array) => sign * Math.exp(log);
        expect(determinant(both)).toBeCloseTo(determinant(a) * determinant(b), 6);
      }),
    );
  });

  it('works through a batch in order', () => {
    const [rows, columns] = factorShape('slogdet', 2, 2);
    const found = factorEach('slogdet', Float64Array.from([1, 0, 0, 1, 0, 1, 1, 0]), 2, 2, 2);
    expect([...found]).toEqual([1, 0, -1, 0]);
    expect(found.length).toBe(2 * rows * columns);
  });
});

describe('solve', () => {
  it('is undone by the product', () => {
    const sizes = fc.record({ n: fc.integer({ min: 1, max: 8 }), m: fc.integer({ min: 1, max: 4 }), transpose: fc.boolean() });
    const systems = sizes.chain(({ n, m, transpose }) =>
      fc.record({
        n: fc.constant(n),
        m: fc.constant(m),
        transpose: fc.constant(transpose),
        a: fc.array(entry, { minLength: n * n, maxLength: n * n }),
        x: fc.array(entry, { minLength: n * m, maxLength: n * m }),
      }),
    );
    fc.assert(
      fc.property(systems, ({ a, x, n, m, transpose }) => {
        // Rows that outweigh themselves on the diagonal, shifted by one so that pivots must be looked for.
        const heavy = Float64Array.from(a, (value, i) => ((Math.floor(i / n) + 1) % n === i % n ? value + 40 : value));
        const own = transpose ? turned(heavy, n) : heavy;
        const wanted = Float64Array.from(x);
        const found = solveEach(heavy, product(own, wanted, n), n, m, 1, { kind: 'general', transpose });
        expectClose(found, wanted);
      }),
    );
  });
});
