import { useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { kernelPerceptron, margin, maxMargin } from '../src/max-margin.ts';
import { perceptronRule } from '../src/perceptron-rule.ts';
import { type ToySet, toySet } from '../src/toy-sets.ts';

beforeAll(() => useBackend('wasm'));

const clouds = toySet('two classes', 60);

/** The widest margin of any line, by trying directions. */
function widest({ points, labels }: ToySet): number {
  const margins = Array.from({ length: 3600 }, (_, i) => {
    const [a, b] = [Math.cos((i * Math.PI) / 1800), Math.sin((i * Math.PI) / 1800)];
    const along = (label: 0 | 1): number[] => points.filter((_, at) => labels[at] === label).map(([x, y]) => a * x + b * y);
    return (Math.min(...along(1)) - Math.max(...along(0))) / 2;
  });
  return Math.max(...margins);
}

describe('6.35 support vectors and perceptrons', () => {
  it('the least weights with hinge losses have the widest margin; a perceptron stops at any line', async () => {
    const line = await perceptronRule(clouds.points.map((x, i) => ({ x, y: clouds.labels[i] })));
    const best = widest(clouds);
    expect(margin(line!, clouds)).toBeGreaterThan(0);
    expect(margin(line!, clouds)).toBeLessThan(0.9 * best);
    expect(margin(await maxMargin(clouds), clouds)).toBeGreaterThan(0.95 * best);
    expect(margin(await maxMargin(clouds), clouds)).toBeLessThanOrEqual(best + 1e-3);
  });

  it('the kernel trick: by similarities the perceptron rule parts rings, which no line does', async () => {
    const [rings, others] = [toySet('rings', 80), toySet('rings', 200, 2)];
    const examples = rings.points.map((x, i) => ({ x, y: rings.labels[i] }));
    expect(await perceptronRule(examples, 20)).toBeUndefined();
    const { mistakes, classify } = await kernelPerceptron(rings);
    expect(await classify(rings.points)).toEqual(rings.labels);
    expect(await classify(others.points)).toEqual(others.labels);
    expect(mistakes.filter((count) => count > 0).length).toBeLessThan(40);
  });
});
