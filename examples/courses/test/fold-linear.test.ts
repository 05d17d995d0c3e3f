import { Linear } from '@dl/layers';
import { Rng, relu, type Tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { foldLinear } from '../src/fold-linear.ts';

const apart = async (a: Tensor, b: Tensor): Promise<number> => Number(await a.sub(b).abs().max().item());

describe('4.26 a chain of linear layers', () => {
  it.each([
    [true, true, true],
    [false, true, false],
    [false, false, false],
  ])('is one linear layer (biases %s, %s, %s)', async (...biases) => {
    const rng = new Rng(1);
    const sizes = [5, 8, 6, 3];
    const chain = biases.map((bias, i) => new Linear(sizes[i], sizes[i + 1], { bias, rng })) as [Linear, ...Linear[]];
    const x = rng.normal([7, 5]);
    const folded = foldLinear(chain);
    expect(folded.weight.shape).toEqual([3, 5]);
    expect(folded.bias === undefined).toBe(biases.every((bias) => !bias));
    expect(
      await apart(
        folded.forward(x),
        chain.reduce<Tensor>((y, layer) => layer.forward(y), x),
      ),
    ).toBeLessThan(1e-6);
    expect(
      await apart(
        folded.forward(x),
        chain.reduce<Tensor>((y, layer) => relu(layer.forward(y)), x),
      ),
    ).toBeGreaterThan(0.01);
  });
});
