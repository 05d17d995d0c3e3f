import { createReferenceBackend, DTypeError } from '@dl/kernels';
import { createWasmBackend } from '@dl/kernels-wasm';
import {
  batchNormTraining,
  conv2d,
  currentBackend,
  maxPool2d,
  mul,
  ones,
  relu,
  sum,
  type Tensor,
  tensor,
  useBackend,
} from '@dl/tensor';
import { beforeEach, describe, expect, test } from 'vitest';
import { checkpoint, customVjp, savedTensors } from '../src/index.ts';

beforeEach(() => useBackend(createReferenceBackend()));

const needs = (fn: () => Tensor, sources: readonly Tensor[]): (readonly string[])[] =>
  savedTensors(fn, sources).ops.map(({ op, saved }) => [op, ...saved.map(({ role, shape }) => `${role} [${shape}]`)]);

describe('savedTensors', () => {
  test('ReLU keeps its output, max pooling the places, a convolution image and weight, a sum nothing', () => {
    const [x, w] = [ones([1, 3, 8, 8]), ones([4, 3, 3, 3])];
    const report = savedTensors(() => sum(maxPool2d(relu(conv2d(x, w)), 2)), [x, w]);
    const kept = report.ops.filter(({ op }) => op !== 'reshape');
    expect(kept.map(({ op, bytes }) => [op, bytes])).toEqual([
      ['conv2d', 4 * (3 * 64 + 4 * 27)],
      ['relu', 4 * 4 * 36],
      ['gather', 4 * 4 * 9],
      ['sum', 0],
    ]);
    expect(kept.map(({ saved }) => saved.map(({ role, dtype }) => `${role} ${dtype}`))).toEqual([
      ['input 0 float32', 'input 1 float32'],
      ['output float32'],
      ['input 1 int32'],
      [],
    ]);
    expect(report.bytes).toBe(4 * (3 * 64 + 4 * 27 + 4 * 36 + 4 * 9));
  });

  test('keeps only what the wanted gradients need', () => {
    const [x, w] = [ones([1, 1, 4, 4]), ones([1, 1, 3, 3])];
    expect(needs(() => conv2d(x, w), [w])).toEqual([['conv2d', 'input 0 [1,1,4,4]']]);
    expect(needs(() => conv2d(x, w), [x])).toEqual([['conv2d', 'input 1 [1,1,3,3]']]);
    expect(needs(() => mul(x, 3), [w])).toEqual([]);
  });

  test('counts a block once that two ops keep', () => {
    const x = ones([10]);
    const { ops, bytes } = savedTensors(() => mul(mul(x, x), x), [x]);
    expect(ops.map((op) => op.bytes)).toEqual([40, 80]);
    expect(bytes).toBe(80);
  });

  test('sees what fused kernels read', async () => {
    const roles = async (): Promise<readonly string[]> => {
      const [x, weight, bias] = [ones([4, 2, 3, 3]), ones([2]), ones([2])];
      return savedTensors(() => batchNormTraining(x, { weight, bias }).output, [x]).ops.flatMap(({ saved }) =>
        saved.map(({ role }) => role),
      );
    };
    await useBackend(await createWasmBackend());
    const fused = await roles();
    expect(fused).toEqual(expect.arrayContaining(['input 0', 'result 1', 'result 2']));
    expect(fused).not.toContain('output');
  });

  test('sees what closures read: rules of a user, and the second run of a checkpoint', () => {
    const [x, w] = [ones([4]), ones([4])];
    const passing = customVjp({ forward: (y) => mul(y, 2), vjp: (g) => [g] });
    const square = customVjp({ forward: (y) => mul(y, y), vjp: (g) => [mul(g, mul(x, 2))] });
    expect(needs(() => passing(x), [x])).toEqual([['customVjp']]);
    expect(needs(() => square(x), [x])).toEqual([['customVjp', 'input 0 [4]']]);
    expect(needs(() => checkpoint((y) => relu(mul(y, w)))(x), [x])).toEqual([['checkpoint', 'input 0 [4]', 'input 1 [4]']]);
    expect(Object.hasOwn(x, 'buffer')).toBe(false);
  });

  test('is a table as text', () => {
    const x = ones([1000]);
    expect(String(savedTensors(() => sum(relu(x)), [x])).split('\n')).toEqual([
      'op    keeps                  bytes',
      'relu  output float32 [1000]  4,000',
      'sum   –                          0',
      '',
      '4,000 bytes in all, shared ones once',
    ]);
  });

  test('refuses integers as sources, and leaves nothing behind', () => {
    expect(() => savedTensors(() => ones([1]), [tensor([1], { dtype: 'int32' })])).toThrow(DTypeError);
    const x = ones([4]);
    const { buffers } = currentBackend().stats();
    savedTensors(() => sum(relu(mul(x, x))), [x]);
    expect(currentBackend().stats().buffers).toBe(buffers);
  });
});
