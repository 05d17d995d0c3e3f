import { describe, expect, it } from 'vitest';
import { type Example, type Line, perceptronRule } from '../src/perceptron-rule.ts';

/** Twenty examples around a point. */
const cloud = (x: number, y: number, label: 0 | 1): Example[] =>
  Array.from({ length: 20 }, (_, i): Example => ({ x: [x + Math.cos(i), y + Math.sin(3 * i)], y: label }));

const isRight = ({ a, b, c }: Line, { x, y }: Example): boolean => a * x[0] + b * x[1] + c > 0 === (y === 1);

describe('the perceptron rule', () => {
  it('needs but two examples, one a class, for a line between two clouds', async () => {
    const line = await perceptronRule([
      { x: [3, 1], y: 1 },
      { x: [-3, 2], y: 0 },
    ]);
    expect(line!.updates).toBeGreaterThan(0);
    expect(line!.updates).toBeLessThanOrEqual(2);
    expect([...cloud(3, 1, 1), ...cloud(-3, 2, 0)].every((example) => isRight(line!, example))).toBe(true);
  });

  it('turns round when the classes change places', async () => {
    const examples: Example[] = [...cloud(3, 1, 0), ...cloud(-3, 2, 1)];
    const line = await perceptronRule(examples);
    expect(examples.every((example) => isRight(line!, example))).toBe(true);
  });

  it('finds no line where there is none: exclusive or', async () => {
    const xor: Example[] = [
      { x: [0, 0], y: 0 },
      { x: [1, 1], y: 0 },
      { x: [0, 1], y: 1 },
      { x: [1, 0], y: 1 },
    ];
    expect(await perceptronRule(xor, 50)).toBeUndefined();
  });
});
