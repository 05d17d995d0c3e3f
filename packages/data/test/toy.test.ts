import { ArgumentError } from '@dl/kernels';
import { describe, expect, it } from 'vitest';
import { blobs, circles, type LabelledPoints, moons, polynomial, spirals, threeClasses, xor } from '../src/index.ts';

const sets = { blobs, circles, moons, polynomial, spirals, threeClasses, xor };
const rows = (set: LabelledPoints) =>
  Array.from(set.fields.y.data, (label, i) => ({ label, x: set.fields.x.data[2 * i], y: set.fields.x.data[2 * i + 1] }));
const deviation = (values: readonly number[]) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
};

describe.each(Object.entries(sets))('%s', (name, make) => {
  it('has equal points for equal seeds, and others for another', () => {
    const data = (seed: number) => make({ n: 40, noise: 0.1, seed }).fields;
    expect(data(3)).toEqual(data(3));
    expect(data(4)).not.toEqual(data(3));
    expect(data(3).x.shape[0]).toBe(40);
    expect(make({ n: 0 }).size).toBe(0);
  });

  it('refuses options out of their range', () => {
    for (const options of [{ n: -1 }, { n: 1.5 }, { noise: -1 }, { noise: Number.NaN }, { seed: 0.5 }]) {
      expect(() => make(options)).toThrow(ArgumentError);
      expect(() => make(options)).toThrow(`${name === 'threeClasses' ? 'blobs' : name}: `);
    }
  });
});

describe('toy sets lie where their formulas say:', () => {
  it('moons on two half circles', () => {
    for (const { label, x, y } of rows(moons({ n: 21 }))) {
      expect(Math.hypot(label === 0 ? x : x - 1, label === 0 ? y : y - 0.5)).toBeCloseTo(1, 6);
      expect(label === 0 ? y : 0.5 - y).toBeGreaterThan(-1e-6);
    }
  });

  it('circles on two rings, all the way round', () => {
    const inner = rows(circles({ n: 200, factor: 0.3 })).filter(({ label }) => label === 1);
    expect(inner.length).toBe(100);
    for (const { x, y } of inner) expect(Math.hypot(x, y)).toBeCloseTo(0.3, 6);
    expect(inner.reduce((sum, { x }) => sum + x, 0)).toBeCloseTo(0, 4);
  });

  it('spirals on arms that are turned against each other', () => {
    const points = rows(spirals({ n: 30, arms: 3, turns: 1 }));
    const last = points.slice(-3).map(({ x, y }) => Math.atan2(y, x) / (2 * Math.PI));
    expect(last[0]).toBeCloseTo(0, 6);
    expect(last[1]).toBeCloseTo(1 / 3, 6);
    expect(last[2]).toBeCloseTo(-1 / 3, 6);
    for (const { x, y, label } of points) expect([Math.hypot(x, y) <= 1.000001, label < 3]).toEqual([true, true]);
  });

  it('xor in all four quarters', () => {
    const quarters = new Map<string, number>();
    for (const { label, x, y } of rows(xor({ n: 400 }))) {
      const key = `${Number(x > 0)}${Number(y > 0)}${label}`;
      quarters.set(key, (quarters.get(key) ?? 0) + 1);
    }
    expect([...quarters.keys()].sort()).toEqual(['000', '011', '101', '110']);
    expect(Math.min(...quarters.values())).toBeGreaterThan(60);
  });

  it('blobs about their centres, with the deviation asked for', () => {
    const points = rows(
      blobs({
        n: 3000,
        noise: 2,
        centers: [
          [-50, 7],
          [50, 7],
        ],
      }),
    );
    const left = points.filter(({ label }) => label === 0);
    expect(left.length).toBe(1500);
    expect(left.reduce((sum, { x }) => sum + x, 0) / 1500).toBeCloseTo(-50, 0);
    expect(deviation(left.map(({ x }) => x))).toBeCloseTo(2, 0);
    expect(Math.abs(deviation(left.map(({ y }) => y)) - 2)).toBeLessThan(0.1);
    expect(new Set(rows(blobs({ n: 8, centers: 4, noise: 0 })).map(({ x }) => x)).size).toBe(4);
  });

  it('three classes at the corners of an equilateral triangle', () => {
    const [a, b, c] = rows(threeClasses({ n: 3, noise: 0 }));
    const sides = [Math.hypot(a.x - b.x, a.y - b.y), Math.hypot(b.x - c.x, b.y - c.y), Math.hypot(c.x - a.x, c.y - a.y)];
    for (const side of sides) expect(side).toBeCloseTo(2 * Math.sqrt(3), 5);
  });

  it('a polynomial on its curve, in its range, with noise in y alone', () => {
    const { x, y } = polynomial({ n: 500, coefficients: [1, -2, 3], range: [0, 2] }).fields;
    x.data.forEach((at, i) => {
      expect(y.data[i]).toBeCloseTo(1 - 2 * at + 3 * at * at, 5);
    });
    expect([Math.min(...x.data) >= 0, Math.max(...x.data) < 2]).toEqual([true, true]);
    const noisy = polynomial({ n: 2000, coefficients: [], noise: 0.5 }).fields.y;
    expect(Math.abs(deviation([...noisy.data]) - 0.5)).toBeLessThan(0.03);
  });

  it.each([
    [() => circles({ factor: 1 }), 'factor must be in (0, 1), got 1'],
    [() => spirals({ arms: 0 }), 'arms must be an integer of at least 1, got 0'],
    [() => spirals({ turns: Infinity }), 'turns must be finite, got Infinity'],
    [() => blobs({ centers: [] }), 'centers must be finite points, got []'],
    [() => blobs({ centers: 0 }), 'centers must be an integer of at least 1, got 0'],
    [() => polynomial({ coefficients: [Number.NaN] }), 'coefficients must be finite, got [NaN]'],
    [() => polynomial({ range: [1, 0] }), 'range must be two finite numbers in order, got [1, 0]'],
  ])('refuses %s', (make, message) => {
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });
});
