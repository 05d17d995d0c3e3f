import { beforeAll, describe, expect, it } from 'vitest';
import * as dl from '../src/index.ts';

beforeAll(async () => {
  await dl.useBackend('reference');
});

const methods: Readonly<Record<string, readonly [(x: dl.Tensor) => dl.Tensor, (x: dl.Tensor) => dl.Tensor]>> = {
  add: [(x) => x.add(2), (x) => dl.add(x, 2)],
  sub: [(x) => x.sub(2), (x) => dl.sub(x, 2)],
  mul: [(x) => x.mul(x), (x) => dl.mul(x, x)],
  div: [(x) => x.div(2), (x) => dl.div(x, 2)],
  pow: [(x) => x.pow(3), (x) => dl.pow(x, 3)],
  neg: [(x) => x.neg(), dl.neg],
  abs: [(x) => x.neg().abs(), (x) => dl.abs(dl.neg(x))],
  exp: [(x) => x.exp(), dl.exp],
  log: [(x) => x.log(), dl.log],
  sqrt: [(x) => x.sqrt(), dl.sqrt],
  square: [(x) => x.square(), dl.square],
  matmul: [(x) => x.matmul(x, { transposeB: true }), (x) => dl.matmul(x, x, { transposeB: true })],
  sum: [(x) => x.sum(1, { keepDims: true }), (x) => dl.sum(x, 1, { keepDims: true })],
  mean: [(x) => x.mean(-1), (x) => dl.mean(x, -1)],
  min: [(x) => x.min(0), (x) => dl.min(x, 0)],
  max: [(x) => x.max([0, 1]), (x) => dl.max(x, [0, 1])],
  argMax: [(x) => x.argMax(1, { keepDims: true }), (x) => dl.argMax(x, 1, { keepDims: true })],
  reshape: [(x) => x.reshape([3, -1]), (x) => dl.reshape(x, [3, -1])],
  flatten: [(x) => x.unsqueeze(0).flatten(1), (x) => dl.flatten(dl.unsqueeze(x, 0), 1)],
  transpose: [(x) => x.transpose(), (x) => dl.transpose(x)],
  permute: [(x) => x.permute([1, 0]), (x) => dl.permute(x, [1, 0])],
  squeeze: [(x) => x.slice([0]).unsqueeze(0).squeeze(0), (x) => dl.slice(x, [0])],
  unsqueeze: [(x) => x.unsqueeze(-1), (x) => dl.unsqueeze(x, -1)],
  slice: [(x) => x.slice([null, [0, 2]]), (x) => dl.slice(x, [null, [0, 2]])],
  cast: [(x) => x.cast('int32'), (x) => dl.cast(x, 'int32')],
};

describe('methods of Tensor', () => {
  it.each(Object.entries(methods))('%s is the function', async (_, [method, same]) => {
    const x = dl.tensor([
      [1, 2.5, 3],
      [6, 5, 4],
    ]);
    const [actual, expected] = [method(x), same(x)];
    expect([actual.dtype, await actual.array()]).toEqual([expected.dtype, await expected.array()]);
  });

  it('read what is there', async () => {
    const x = dl.tensor(
      [
        [1, 2],
        [3, 4],
      ],
      { dtype: 'int32' },
    );
    expect([x.rank, x.size, `${x}`]).toEqual([2, 4, 'Tensor int32 [2, 2] on reference']);
    expect(await x.data()).toEqual(Int32Array.of(1, 2, 3, 4));
    expect(await dl.tensor(5).array()).toBe(5);
    expect(await dl.zeros([2, 0]).array()).toEqual([[], []]);
    await expect(x.item()).rejects.toThrow('item: the tensor must have one element, got 4 (shape [2, 2])');
  });
});
