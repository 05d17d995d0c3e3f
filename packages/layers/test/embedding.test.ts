import { valueAndGrad } from '@dl/autograd';
import { ArgumentError } from '@dl/kernels';
import { currentBackend, Rng, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { Embedding, stateDict } from '../src/index.ts';

const index = (values: number[] | number[][]): Tensor => tensor(values, { dtype: 'int32' });

describe('Embedding', () => {
  it('looks rows up, and gives each the sum of its gradients', async () => {
    const layer = new Embedding(3, 2);
    layer.weight.assign(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    expect(await layer.forward(index([[2, 0]])).array()).toEqual([
      [
        [5, 6],
        [1, 2],
      ],
    ]);
    const { grads } = valueAndGrad(() => layer.forward(index([2, 0, 2])).sum(), layer.parameters());
    expect(await grads.get(layer.weight)!.array()).toEqual([
      [1, 1],
      [0, 0],
      [2, 2],
    ]);
  });

  it('begins normal, with PyTorch’s key', async () => {
    const layer = new Embedding(200, 50, { rng: new Rng(1) });
    expect([...stateDict(layer).keys()]).toEqual(['weight']);
    expect(await layer.weight.square().mean().item()).toBeCloseTo(1, 1);
    expect(await layer.weight.mean().item()).toBeCloseTo(0, 1);
  });

  // torch.nn.Embedding: the row at padding_idx "is not updated during training", but may be given another value.
  it.each([1, -2])('keeps the padding row %i: first 0, then what it is given, without gradient', async (paddingIdx) => {
    const { buffers } = currentBackend().stats();
    const layer = new Embedding(3, 2, { paddingIdx });
    expect(currentBackend().stats().buffers).toBe(buffers + 1);
    expect(await layer.weight.slice([1]).array()).toEqual([0, 0]);
    layer.weight.assign(
      tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]),
    );
    expect(await layer.forward(index([1, 2])).array()).toEqual([
      [3, 4],
      [5, 6],
    ]);
    const { grads } = valueAndGrad(() => layer.forward(index([1, 2, 1])).sum(), layer.parameters());
    expect(await grads.get(layer.weight)!.array()).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
  });

  it('refuses rows that are none', () => {
    expect(() => new Embedding(3, 2, { paddingIdx: 3 })).toThrow(ArgumentError);
    expect(() => new Embedding(3, 2, { paddingIdx: -4 })).toThrow('Embedding: paddingIdx must be a row of 3, got -4');
    expect(() => new Embedding(0, 2)).toThrow('Embedding: numEmbeddings must be a positive integer, got 0');
  });
});
