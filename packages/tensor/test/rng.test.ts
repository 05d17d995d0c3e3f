import { createReferenceBackend, philoxWords } from '@dl/kernels';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  ArgumentError,
  defaultRng,
  erf,
  manualSeed,
  mul,
  Rng,
  rand,
  randint,
  randn,
  randperm,
  tensor,
  useBackend,
} from '../src/index.ts';

beforeAll(async () => {
  await useBackend('reference');
});

/** Greatest distance between the empirical distribution of `values` and `cdf`, times √n: above 1.95 once in a thousand. */
function kolmogorovSmirnov(values: readonly number[], cdf: (x: number, rank: number) => number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const distances = sorted.map((x, i) => Math.max(cdf(x, i) - i / sorted.length, (i + 1) / sorted.length - cdf(x, i)));
  return distances.reduce((a, b) => Math.max(a, b)) * Math.sqrt(sorted.length);
}

function moments(values: ArrayLike<number>): { mean: number; variance: number; skewness: number; kurtosis: number } {
  const average = (of: (x: number) => number): number => Array.from(values, of).reduce((a, b) => a + b) / values.length;
  const mean = average((x) => x);
  const variance = average((x) => (x - mean) ** 2);
  return {
    mean,
    variance,
    skewness: average((x) => (x - mean) ** 3) / variance ** 1.5,
    kurtosis: average((x) => (x - mean) ** 4) / variance ** 2,
  };
}

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [x, y] = [moments(a), moments(b)];
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] - x.mean) * (b[i] - y.mean);
  return sum / a.length / Math.sqrt(x.variance * y.variance);
}

/** Σ (observed − expected)² / expected. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function histogram(values: ArrayLike<number>, bins: number, of: (x: number) => number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) counts[of(values[i])]++;
  return counts;
}

const n = 100_000;

describe('uniform', () => {
  it('is Philox with the seed as its key', async () => {
    const words = philoxWords([5, 1], 0, 6);
    const values = await new Rng(2 ** 32 + 5).uniform([6]).data();
    expect(values).toEqual(Float32Array.from(words, (word) => (word >>> 8) * 2 ** -24));
  });

  it('is uniform in [0, 1)', async () => {
    const values = Array.from(await new Rng(1).uniform([n]).data());
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(kolmogorovSmirnov(values, (x) => x)).toBeLessThan(1.95);
    expect(Math.abs(correlation(values.slice(1), values.slice(0, -1)))).toBeLessThan(4 / Math.sqrt(n));
  });

  it('stretches to its range', async () => {
    const values = Array.from(await new Rng(2).uniform([n], { low: -3, high: 5 }).data());
    expect(values.every((x) => x >= -3 && x <= 5)).toBe(true);
    expect(kolmogorovSmirnov(values, (x) => (x + 3) / 8)).toBeLessThan(1.95);
  });

  it('is float64 on demand', () => {
    expect(new Rng(2).uniform([3], { dtype: 'float64' }).dtype).toBe('float64');
  });

  it('refuses a reversed range', () => {
    expect(() => new Rng(0).uniform([1], { low: 2, high: 1 })).toThrow('uniform: low must not be above high, got 2 and 1');
    expect(() => new Rng(0).uniform([1], { low: Number.NaN })).toThrow(ArgumentError);
  });
});

describe('normal', () => {
  it('is normal', async () => {
    const values = Array.from(await new Rng(3).normal([n]).data());
    const { mean, variance, skewness, kurtosis } = moments(values);
    expect(Math.abs(mean)).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(skewness)).toBeLessThan(4 * Math.sqrt(6 / n));
    expect(Math.abs(kurtosis - 3)).toBeLessThan(4 * Math.sqrt(24 / n));
    const sorted = values.toSorted((a, b) => a - b);
    const cdf = await erf(mul(tensor(sorted, { dtype: 'float64' }), Math.SQRT1_2)).data();
    expect(kolmogorovSmirnov(sorted, (_, rank) => (1 + cdf[rank]) / 2)).toBeLessThan(1.95);
  });

  it('has neighbours that do not depend on each other, though they come in pairs', async () => {
    const values = await new Rng(4).normal([n]).data();
    const even = values.filter((_, i) => i % 2 === 0);
    const odd = values.filter((_, i) => i % 2 === 1);
    expect(Math.abs(correlation(even, odd))).toBeLessThan(4 / Math.sqrt(n / 2));
    const squares = [even, odd].map((half) => half.map((x) => x * x));
    expect(Math.abs(correlation(squares[0], squares[1]))).toBeLessThan(4 / Math.sqrt(n / 2));
  });

  it('takes mean and deviation', async () => {
    const { mean, variance } = moments(await new Rng(5).normal([n], { mean: 10, std: 0.5 }).data());
    expect(Math.abs(mean - 10)).toBeLessThan(2 / Math.sqrt(n));
    expect(Math.abs(variance / 0.25 - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(await new Rng(5).normal([3], { mean: 2, std: 0 }).array()).toEqual([2, 2, 2]);
  });

  it('refuses a negative deviation', () => {
    expect(() => new Rng(0).normal([1], { std: -1 })).toThrow('normal: std must not be negative, got -1');
  });
});

describe('bernoulli', () => {
  it('has the frequency of p, and no other values than 0 and 1', async () => {
    const values = await new Rng(6).bernoulli([n], { p: 0.3 }).data();
    expect(new Set(values)).toEqual(new Set([0, 1]));
    expect(Math.abs(moments(values).mean - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / n));
  });

  it('is certain for p = 0 and p = 1', async () => {
    expect(moments(await new Rng(7).bernoulli([1000], { p: 0 }).data()).mean).toBe(0);
    expect(moments(await new Rng(7).bernoulli([1000], { p: 1 }).data()).mean).toBe(1);
  });

  it('is of any dtype, with the same bits', async () => {
    const bools = new Rng(8).bernoulli([50], { dtype: 'bool' });
    expect(bools.dtype).toBe('bool');
    expect(Array.from(await bools.data())).toEqual(Array.from(await new Rng(8).bernoulli([50]).data()));
  });

  it('refuses what is no probability', () => {
    expect(() => new Rng(0).bernoulli([1], { p: 1.5 })).toThrow('bernoulli: p must be in [0, 1], got 1.5');
    expect(() => new Rng(0).bernoulli([1], { p: Number.NaN })).toThrow(ArgumentError);
  });
});

describe('integers', () => {
  it('are equally frequent', async () => {
    const values = await new Rng(9).integers([n], { low: -3, high: 4 }).data();
    expect(chiSquare(histogram(values, 7, (x) => x + 3))).toBeLessThan(22.5); // χ² of 6 degrees of freedom, p = 0.001
  });

  it('reach the ends of 32 bits', async () => {
    const values = await new Rng(10).integers([n], { low: -(2 ** 31), high: 2 ** 31 }).data();
    expect(chiSquare(histogram(values, 16, (x) => Math.floor((x + 2 ** 31) / 2 ** 28)))).toBeLessThan(37.7);
  });

  it('refuse bounds that are no 32-bit integers', () => {
    for (const [low, high] of [
      [0, 0.5],
      [0.5, 2],
      [0, 2 ** 31 + 1],
      [-(2 ** 31) - 1, 0],
    ]) {
      expect(() => new Rng(0).integers([1], { low, high })).toThrow(ArgumentError);
    }
  });
});

describe('permutation', () => {
  it('holds every number once', () => {
    expect(new Rng(11).permutation(1000).toSorted()).toEqual(Int32Array.from({ length: 1000 }, (_, i) => i));
  });

  it('is any of the orders, equally often', () => {
    const rng = new Rng(12);
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = rng.permutation(4).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    expect(chiSquare([...counts.values()])).toBeLessThan(49.7); // 23 degrees of freedom, p = 0.001
  });
});

describe('next', () => {
  it('is uniform in [0, 1), with more than 32 bits', () => {
    const rng = new Rng(13);
    const values = Array.from({ length: 20_000 }, () => rng.next());
    expect(values.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(kolmogorovSmirnov(values, (x) => x)).toBeLessThan(1.95);
    expect(values.some((x) => (x * 2 ** 53) % 2 === 1)).toBe(true);
  });
});

describe('state', () => {
  it('repeats what follows, through JSON', async () => {
    const rng = new Rng(14);
    rng.uniform([10]);
    rng.next();
    const copy = Rng.fromState(JSON.parse(JSON.stringify(rng.state())));
    const draw = async (from: Rng): Promise<unknown[]> => [
      await from.uniform([5]).data(),
      await from.normal([3]).data(),
      await from.bernoulli([6]).data(),
      await from.integers([2], { high: 100 }).data(),
      from.permutation(5),
      from.next(),
      from.fork().next(),
    ];
    expect(await draw(copy)).toEqual(await draw(rng));
  });

  it('never gives the same numbers again', async () => {
    const rng = new Rng(15);
    const first = await rng.uniform([5]).data();
    const second = await rng.uniform([3]).data();
    const all = await new Rng(15).uniform([12]).data();
    expect([...first]).toEqual([...all.subarray(0, 5)]);
    expect([...second]).toEqual([...all.subarray(8, 11)]);
  });

  it('passes 2^32 blocks without repeating', async () => {
    const at = (counter: number) =>
      Rng.fromState({ key: [1, 2], counter })
        .uniform([8])
        .data();
    const across = await at(2 ** 32 - 1);
    expect(across.subarray(4)).toEqual((await at(2 ** 32)).subarray(0, 4));
    expect(across.subarray(4)).not.toEqual((await at(0)).subarray(0, 4));
  });

  it('refuses what is no state', () => {
    for (const text of [
      '{ "key": [1], "counter": 0 }',
      '{ "key": [1, -1], "counter": 0 }',
      '{ "key": [1, 2], "counter": 0.5 }',
      '{}',
    ]) {
      expect(() => Rng.fromState(JSON.parse(text))).toThrow(ArgumentError);
    }
  });

  it('refuses what is no seed', () => {
    for (const seed of [-1, 0.5, 2 ** 53, Number.NaN]) expect(() => new Rng(seed)).toThrow(ArgumentError);
    expect(() => new Rng(-1)).toThrow('Rng: seed must be an integer in [0, 2^53), got -1');
  });
});

describe('fork', () => {
  it('is reproducible, and each is another', async () => {
    const draws = (): number[] => {
      const rng = new Rng(16);
      return [rng.fork().next(), rng.fork().next(), rng.next()];
    };
    expect(draws()).toEqual(draws());
    expect(new Set(draws()).size).toBe(3);
  });

  it('is independent of its parent, its siblings and its children', async () => {
    const rng = new Rng(17);
    const child = rng.fork();
    const streams = await Promise.all([rng, child, rng.fork(), child.fork()].map((each) => each.uniform([n]).data()));
    for (let i = 0; i < streams.length; i++) {
      expect(kolmogorovSmirnov(Array.from(streams[i]), (x) => x)).toBeLessThan(1.95);
      for (let j = 0; j < i; j++) expect(Math.abs(correlation(streams[i], streams[j]))).toBeLessThan(4 / Math.sqrt(n));
    }
  });

  it('has a key that no number of the parent shows', () => {
    const { key } = new Rng(18).fork().state();
    const [a, b] = philoxWords([18, 0], 0, 2);
    expect(key).not.toEqual([a, b]);
  });
});

describe('backend', () => {
  it('takes the numbers, the same on all', async () => {
    const other = createReferenceBackend();
    const make = (backend?: typeof other) => {
      const rng = new Rng(19);
      return [
        rng.uniform([5], { low: -1, backend }),
        rng.normal([5], { backend }),
        rng.bernoulli([5], { backend }),
        rng.integers([5], { high: 9, backend }),
      ];
    };
    const there = make(other);
    expect(there.every((x) => x.backend === other)).toBe(true);
    const here = make();
    for (const [i, x] of there.entries()) expect(await x.data()).toEqual(await here[i].data());
  });
});

describe('default generator', () => {
  it('repeats after manualSeed, in every function', async () => {
    const draw = async (): Promise<unknown[]> => {
      manualSeed(20);
      const made = [rand([3]), randn([3]), randint(0, 1000, [3]), randperm(10)];
      return [...(await Promise.all(made.map((x) => x.data()))), defaultRng().next()];
    };
    expect(await draw()).toEqual(await draw());
  });

  it('is one object, which manualSeed restarts for all who hold it', () => {
    const held = defaultRng();
    manualSeed(21);
    expect(defaultRng()).toBe(held);
    expect(held.next()).toBe(new Rng(21).next());
  });

  it('starts elsewhere in every run that does not seed it', async () => {
    const starts = new Set<number>();
    for (let run = 0; run < 3; run++) {
      // The query makes it another module, as another process would have.
      const fresh: { defaultRng(): Rng } = await import(/* @vite-ignore */ `../src/random/default-rng.ts?run=${run}`);
      starts.add(fresh.defaultRng().next());
    }
    expect(starts.size).toBe(3);
  });

  it('gives way to another', async () => {
    const before = defaultRng().state();
    expect(await rand([4], { rng: new Rng(22) }).data()).toEqual(await new Rng(22).uniform([4]).data());
    expect(await randperm(6, { rng: new Rng(22), dtype: 'float32' }).data()).toEqual(
      Float32Array.from(new Rng(22).permutation(6)),
    );
    expect(defaultRng().state()).toEqual(before);
  });
});
