import { valueAndGrad } from '@dl/autograd';
import { binaryCrossEntropyWithLogits, Lambda, Linear, loadStateDict, Sequential, Step } from '@dl/layers';
import { SGD } from '@dl/optim';
import { concat, linspace, Rng, square, sum, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { perceptron } from '../src/index.ts';

const rng = (seed = 1): Rng => new Rng(seed);

/** Points on two circles around 0, and whether each is on the outer one. */
function rings(count: number): { readonly x: Tensor; readonly target: Tensor } {
  const random = rng();
  const outer = Array.from({ length: count }, (_, i) => i % 2);
  const points = outer.flatMap((isOuter) => {
    const [angle, radius] = [random.next() * 2 * Math.PI, isOuter + 0.5];
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return { x: tensor(points, { shape: [count, 2] }), target: tensor(outer, { shape: [count, 1], dtype: 'float32' }) };
}

async function trainedAccuracy(model: Sequential): Promise<number> {
  const { x, target } = rings(100);
  const optimizer = new SGD(model.parameters(), { lr: 0.5 });
  for (let i = 0; i < 300; i++) {
    optimizer.step(valueAndGrad(() => binaryCrossEntropyWithLogits(model.forward(x), target), model.parameters()).grads);
  }
  const [scores, labels] = [await model.forward(x).data(), await target.data()];
  return labels.filter((label, i) => label === Number(scores[i] > 0)).length / labels.length;
}

describe('what linear scores can and cannot', () => {
  it('6.36 rings are not separable by x and y, and are with r²', async () => {
    const withRadius = new Lambda((x) => concat([x, sum(square(x), 1, { keepDims: true })], 1));
    expect(await trainedAccuracy(perceptron(2, 1, { rng: rng() }))).toBeLessThan(0.75);
    expect(await trainedAccuracy(new Sequential(withRadius, perceptron(3, 1, { rng: rng() })))).toBe(1);
  });

  it('6.34 steps approximate a function as finely as their number says', async () => {
    const f = Math.sin;
    const errorWith = async (steps: number): Promise<number> => {
      const edges = Array.from({ length: steps }, (_, i) => (6 * i) / steps);
      const model = new Sequential(new Linear(1, steps), new Step(), new Linear(steps, 1));
      const rises = edges.map((edge, i) => f(edge + 3 / steps) - (i === 0 ? 0 : f(edges[i - 1] + 3 / steps)));
      loadStateDict(
        model,
        new Map([
          ['0.weight', tensor(new Float32Array(steps).fill(1), { shape: [steps, 1] })],
          ['0.bias', tensor(edges.map((edge) => 1e-4 - edge))],
          ['2.weight', tensor(rises, { shape: [1, steps] })],
          ['2.bias', tensor([0])],
        ]),
      );
      const x = linspace(0, 5.99, 500);
      const [inputs, outputs] = [await x.data(), await model.forward(x.reshape([500, 1])).data()];
      return Math.max(...Array.from(outputs, (value, i) => Math.abs(value - f(inputs[i]))));
    };
    // Half a step's width, times the steepest slope.
    for (const steps of [12, 60, 240]) expect(await errorWith(steps)).toBeLessThan(3 / steps + 1e-3);
  });
});
