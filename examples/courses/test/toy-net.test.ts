import { valueAndGrad } from '@dl/autograd';
import { matmul, Rng, sigmoid, type Tensor, tensor, useBackend } from '@dl/tensor';
import { beforeAll, describe, expect, it } from 'vitest';
import { type ToyNet, toyBackward, toyForward, toyStep } from '../src/toy-net.ts';

let x: Tensor;
let t: Tensor;

beforeAll(async () => {
  await useBackend('reference');
  x = tensor(
    [
      [0, 0, 1, 1],
      [0, 1, 0, 1],
    ],
    { dtype: 'float64' },
  );
  t = tensor([[0, 1, 1, 0]], { dtype: 'float64' });
});

function first(): ToyNet {
  const rng = new Rng(2);
  const draw = (...shape: number[]): Tensor => rng.normal(shape, { std: 1, dtype: 'float64' });
  return { w1: draw(4, 2), b1: draw(4, 1), w2: draw(1, 4), b2: draw(1, 1) };
}

const numbers = async (one: Tensor): Promise<number[]> => Array.from(await one.data(), Number);

describe('4.24 the toy net', () => {
  it('has by hand the gradients that the framework finds', async () => {
    const net = first();
    const loss = (): Tensor =>
      sigmoid(matmul(net.w2, sigmoid(matmul(net.w1, x).add(net.b1))).add(net.b2))
        .sub(t)
        .square()
        .sum()
        .mul(0.5);
    const { grads } = valueAndGrad(loss, Object.values<Tensor>({ ...net }));
    const byHand = toyBackward(net, x, t);
    for (const key of ['w1', 'b1', 'w2', 'b2'] as const) {
      const expected = await numbers(grads.get(net[key])!);
      expect(byHand[key].shape).toEqual(net[key].shape);
      for (const [i, value] of (await numbers(byHand[key])).entries()) expect(value, key).toBeCloseTo(expected[i], 12);
      expect(expected.some((value) => Math.abs(value) > 1e-4)).toBe(true);
    }
  });

  it('learns XOR', async () => {
    let net = first();
    for (let step = 0; step < 2000; step++) net = toyStep(net, toyBackward(net, x, t), 2);
    const y = await numbers(toyForward(net, x).a2);
    for (const [i, value] of [0, 1, 1, 0].entries()) expect(Math.abs(y[i] - value)).toBeLessThan(0.1);
  });
});
