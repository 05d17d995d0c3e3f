import { ArgumentError, ShapeError } from '@dl/kernels';
import { matmul, Rng, type Tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { init } from '../src/index.ts';

const values = async (x: Tensor): Promise<number[]> => Array.from(await x.data());

/** The error function by its Taylor series, which suffices up to 6. */
function erf(x: number): number {
  let [term, sum] = [x, x];
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

type Distribution = (x: number) => number;
const within = (p: number): number => Math.min(1, Math.max(0, p));
const normal =
  (std: number, mean = 0): Distribution =>
  (x) =>
    Math.abs(x - mean) > 5 * std ? Number(x > mean) : (1 + erf((x - mean) / std / Math.SQRT2)) / 2;
const uniform =
  (low: number, high: number): Distribution =>
  (x) =>
    within((x - low) / (high - low));
const truncated = (whole: Distribution, a: number, b: number): Distribution => {
  const [low, high] = [whole(a), whole(b)];
  return (x) => within((whole(x) - low) / (high - low));
};

/** Kolmogorov and Smirnov's statistic times √n: 1.63 is exceeded by one sample in a hundred of the right distribution. */
function kolmogorovSmirnov(sample: readonly number[], distribution: Distribution): number {
  const sorted = [...sample].sort((a, b) => a - b);
  const n = sorted.length;
  const gaps = sorted.map((x, i) => Math.max(Math.abs(distribution(x) - i / n), Math.abs(distribution(x) - (i + 1) / n)));
  return gaps.reduce((most, gap) => Math.max(most, gap), 0) * Math.sqrt(n);
}

const shape = [64, 32, 3, 3];
const [fanIn, fanOut] = [288, 576];
const rng = (): Rng => new Rng(2024);

describe('initialisers have their distribution (Kolmogorov and Smirnov)', () => {
  it.each<[string, () => Tensor, Distribution]>([
    ['uniform', () => init.uniform(shape, { low: -1, high: 3, rng: rng() }), uniform(-1, 3)],
    ['normal', () => init.normal(shape, { mean: 2, std: 0.5, rng: rng() }), normal(0.5, 2)],
    [
      'xavierUniform',
      () => init.xavierUniform(shape, { rng: rng() }),
      uniform(-Math.sqrt(6 / (fanIn + fanOut)), Math.sqrt(6 / (fanIn + fanOut))),
    ],
    ['xavierNormal', () => init.xavierNormal(shape, { gain: 2, rng: rng() }), normal(2 * Math.sqrt(2 / (fanIn + fanOut)))],
    ['kaimingUniform', () => init.kaimingUniform(shape, { rng: rng() }), uniform(-Math.sqrt(6 / fanIn), Math.sqrt(6 / fanIn))],
    ['kaimingNormal', () => init.kaimingNormal(shape, { mode: 'fanOut', rng: rng() }), normal(Math.sqrt(2 / fanOut))],
    ['truncNormal', () => init.truncNormal(shape, { rng: rng() }), truncated(normal(1), -2, 2)],
    [
      'truncNormal, lopsided',
      () => init.truncNormal(shape, { mean: 1, std: 2, a: 0, b: 1.5, rng: rng() }),
      truncated(normal(2, 1), 0, 1.5),
    ],
    ['truncNormal, a tail', () => init.truncNormal(shape, { a: 2, b: 4, rng: rng() }), truncated(normal(1), 2, 4)],
    ['truncNormal, the other tail', () => init.truncNormal(shape, { a: -4, b: -2, rng: rng() }), truncated(normal(1), -4, -2)],
    ['sparse, what is not 0', () => init.sparse([300, 40], { sparsity: 0, std: 3, rng: rng() }), normal(3)],
  ])('%s', async (_name, make, distribution) => {
    const sample = await values(make());
    expect(kolmogorovSmirnov(sample, distribution)).toBeLessThan(1.63);
    // The same numbers, 5 % wider, are found out.
    expect(
      kolmogorovSmirnov(
        sample.map((x) => x * 1.05),
        distribution,
      ),
    ).toBeGreaterThan(1.63);
  });

  it.each([0, 4, 5, 8])(
    'orthogonal matrices of 3 × 3 are uniform: element %i has any value of [-1, 1] alike',
    async (element) => {
      const source = rng();
      const matrices = await Promise.all(Array.from({ length: 2000 }, () => values(init.orthogonal([3, 3], { rng: source }))));
      // Archimedes: a coordinate of a random point of the sphere is uniform.
      expect(
        kolmogorovSmirnov(
          matrices.map((matrix) => matrix[element]),
          uniform(-1, 1),
        ),
      ).toBeLessThan(1.63);
    },
  );
});

describe('truncNormal', () => {
  it('stays in its bounds, however far out they are', async () => {
    for (const [a, b] of [
      [-0.5, 0.25],
      [9, 10],
      [-11, -10],
    ]) {
      const sample = await values(init.truncNormal([500], { a, b, rng: rng() }));
      expect(Math.min(...sample)).toBeGreaterThanOrEqual(a);
      expect(Math.max(...sample)).toBeLessThanOrEqual(b);
      expect(new Set(sample).size).toBeGreaterThan(450);
    }
  });

  it('gives the mean of a tail that theory does', async () => {
    // Of normal numbers above 9: φ(9) / (1 − Φ(9)) = 9.10885, by the asymptotic series 9 + 1/9 − 2/9³ + 10/9⁵.
    const sample = await values(init.truncNormal([20_000], { a: 9, b: 30, rng: rng() }));
    const mean = sample.reduce((sum, x) => sum + x, 0) / sample.length;
    expect(mean).toBeCloseTo(9 + 1 / 9 - 2 / 9 ** 3 + 10 / 9 ** 5, 2);
  });
});

describe('orthogonal', () => {
  it.each([
    [[5, 5], 1],
    [[3, 8], 1],
    [[8, 3], 2],
    [[4, 2, 3, 3], 1],
    [[60, 60], 1],
  ])('%j has orthonormal rows or columns, times the gain %d', async (extents, gain) => {
    const rows = extents[0];
    const q = init.orthogonal(extents, { gain, rng: rng(), dtype: 'float32' }).reshape([rows, -1]);
    const isWide = rows <= q.shape[1];
    const products = (await matmul(q, q, { transposeA: !isWide, transposeB: isWide }).array()) as number[][];
    for (const [i, row] of products.entries()) {
      for (const [j, value] of row.entries()) expect(value).toBeCloseTo(i === j ? gain ** 2 : 0, 5);
    }
  });
});

describe('eye, dirac and sparse', () => {
  it('eye hands features on', async () => {
    expect(await init.eye([3, 2]).array()).toEqual([
      [1, 0],
      [0, 1],
      [0, 0],
    ]);
  });

  it('dirac hands channels on, group by group', async () => {
    const ones = async (extents: number[], groups?: number): Promise<number[]> =>
      (await values(init.dirac(extents, { groups }))).flatMap((value, i) => (value === 1 ? [i] : value === 0 ? [] : [-1]));
    // As torch.nn.init.dirac_ of PyTorch 1.13 places them.
    expect(await ones([3, 2, 3, 3])).toEqual([4, 31]);
    expect(await ones([4, 2, 3], 2)).toEqual([1, 10, 13, 22]);
    expect(await ones([2, 3, 2])).toEqual([1, 9]);
    expect(await ones([2, 2, 3, 3, 3])).toEqual([13, 94]);
  });

  it('sparse has its zeros in every column, at places of chance', async () => {
    const matrix = (await init.sparse([10, 400], { sparsity: 0.25, rng: rng() }).array()) as number[][];
    const zerosOf = (column: number): number[] => matrix.flatMap((row, i) => (row[column] === 0 ? [i] : []));
    const columns = Array.from({ length: 400 }, (_, column) => zerosOf(column));
    for (const zeros of columns) expect(zeros).toHaveLength(3);
    const counts = matrix.map((_, row) => columns.filter((zeros) => zeros.includes(row)).length);
    for (const count of counts) expect(Math.abs(count / 400 - 0.3)).toBeLessThan(5 * Math.sqrt((0.3 * 0.7) / 400));
  });

  it('ones and zeros are what they say', async () => {
    expect(await values(init.ones([2]))).toEqual([1, 1]);
    expect(await values(init.zeros([2]))).toEqual([0, 0]);
  });
});

it.each<[() => unknown, new (...args: never[]) => Error, string]>([
  [() => init.truncNormal([1], { std: 0 }), ArgumentError, 'truncNormal: std must be above 0, got 0'],
  [() => init.truncNormal([1], { a: 1, b: 1 }), ArgumentError, 'truncNormal: a must be less than b, got 1 and 1'],
  [() => init.orthogonal([3]), ShapeError, 'orthogonal: the shape must have two axes or more, got [3]'],
  [() => init.orthogonal([3, 0]), ArgumentError, 'orthogonal: the shape must have elements, got [3, 0]'],
  [() => init.eye([3]), ShapeError, 'eye: the shape must be [rows, columns], got [3]'],
  [() => init.dirac([3, 3]), ShapeError, 'dirac: the shape must be [out, in, ...kernel] with 3 to 5 axes, got [3, 3]'],
  [
    () => init.dirac([3, 3, 1], { groups: 2 }),
    ArgumentError,
    'dirac: groups must divide the first extent, got 2 (shape [3, 3, 1])',
  ],
  [() => init.sparse([2, 2], { sparsity: 2 }), ArgumentError, 'sparse: sparsity must be in [0, 1], got 2'],
  [() => init.sparse([2, 2], { sparsity: 0, std: -1 }), ArgumentError, 'sparse: std must not be negative, got -1'],
])('%# refuses arguments outside its domain', (make, type, message) => {
  expect(make).toThrow(type);
  expect(make).toThrow(message);
});
