import { valueAndGrad } from '@dl/autograd';
import { add, currentBackend, mul, ones, Rng, sum, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  LayerNorm,
  MultiheadAttention,
  scaledDotProductAttention,
  TransformerEncoder,
  TransformerEncoderLayer,
} from '../src/index.ts';
import golden from './golden/attention.json' with { type: 'json' };
import { pattern } from './golden/pattern.ts';
import { expectTensor, fill, type GoldenTensor, upload } from './golden/read.ts';

type Row = (typeof golden)[number];
type Runnable = {
  readonly layer: MultiheadAttention | TransformerEncoder | TransformerEncoderLayer;
  run(xs: readonly Tensor[]): Tensor[];
};

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function maskOf(value: unknown): Tensor | undefined {
  if (value === undefined) return undefined;
  return tensor(value as boolean[][]);
}

function make(row: Row): Runnable {
  const options = Object.fromEntries(Object.entries(row.options).map(([name, value]) => [camel(name), value]));
  const [width, heads] = row.args;
  const masks: Record<string, unknown> = row.masks;
  if (row.kind === 'MultiheadAttention') {
    const layer = new MultiheadAttention(width, heads, options);
    const given = {
      attnMask: maskOf(masks.attn_mask),
      keyPaddingMask: maskOf(masks.key_padding_mask),
      averageAttnWeights: row.average,
    };
    return { layer, run: ([q, k, v]) => Object.values(layer.forward(q, k, v, given)) };
  }
  const one = (): TransformerEncoderLayer => new TransformerEncoderLayer(width, heads, { ...options, dropout: 0 });
  const layer = row.layers ? new TransformerEncoder(one, row.layers, new LayerNorm(width)) : one();
  const given = { mask: maskOf(masks.mask), keyPaddingMask: maskOf(masks.padding), training: true };
  return { layer, run: ([x]) => [layer.forward(x, given)] };
}

describe('attention agrees with PyTorch 1.13', () => {
  it.each(golden.map((row, i) => ({ ...row, i })))('$i $kind $args $options', async (row) => {
    const { layer, run } = make(row);
    const parameters = layer.namedParameters();
    expect([...parameters.keys()].sort()).toEqual(Object.keys(row.parameters).sort());
    fill(layer, row.parameters);
    const inputs = row.inputs.map(upload);
    const { grads } = valueAndGrad(
      () =>
        run(inputs)
          .map((y, i) => sum(mul(y, pattern(y.shape, 11 + 2 * i))))
          .reduce((total, part) => add(total, part)),
      [...inputs, ...layer.parameters()],
    );
    for (const [name, expected] of Object.entries(row.grads)) {
      const source = name.startsWith('input') ? inputs[Number(name.slice(5))] : undefined;
      await expectTensor(grads.get(source ?? parameters.get(name)!)!, expected as GoldenTensor, 2e-5);
    }
    const outputs = run(inputs);
    for (const [i, expected] of row.outputs.entries()) await expectTensor(outputs[i], expected, 1e-5);
  });
});

describe('attention', () => {
  it('drops weights while training only, by the generator it is given', async () => {
    const layer = new MultiheadAttention(4, 2, { dropout: 0.5 });
    const x = pattern([3, 2, 4], 5);
    const run = (seed: number, training: boolean): Promise<unknown> =>
      layer.forward(x, x, x, { training, rng: new Rng(seed) }).output.data();
    expect(await run(1, true)).toEqual(await run(1, true));
    expect(await run(1, true)).not.toEqual(await run(2, true));
    expect(await run(1, false)).toEqual(await run(2, false));
  });

  it('gives each query weights that sum to 1', async () => {
    const { weights } = scaledDotProductAttention(pattern([2, 3, 4], 5), pattern([2, 5, 4], 7), pattern([2, 5, 6], 9));
    for (const total of await weights.sum(-1).data()) expect(total).toBeCloseTo(1, 6);
  });

  it('leaves nothing behind', () => {
    const layer = new TransformerEncoderLayer(4, 2, { dimFeedforward: 8 });
    const x = ones([3, 2, 4]);
    layer.forward(x).dispose();
    const before = currentBackend().stats().buffers;
    layer.forward(x).dispose();
    expect(currentBackend().stats().buffers).toBe(before);
  });

  it('refuses what does not fit', () => {
    expect(() => new MultiheadAttention(5, 2)).toThrow('MultiheadAttention: numHeads must divide embedDim, got 2 for 5');
    expect(() => new MultiheadAttention(4, 2, { dropout: 2 })).toThrow('dropout must be in [0, 1], got 2');
    const layer = new MultiheadAttention(4, 2);
    expect(() => layer.forward(ones([3, 2, 5]), ones([3, 2, 4]), ones([3, 2, 4]))).toThrow(
      'MultiheadAttention: query must be [l, n, 4], key and value of one length and batch, got [3, 2, 5], [3, 2, 4] and [3, 2, 4]',
    );
    expect(() => scaledDotProductAttention(ones([2, 3]), ones([4, 3]), ones([5, 3]))).toThrow(
      'scaledDotProductAttention: key and value must be [..., s, e] and [..., s, v], got [4, 3] and [5, 3] (query [2, 3])',
    );
    expect(() => new TransformerEncoderLayer(4, 2, { activation: 'tanh' as 'relu' })).toThrow(
      "activation must be 'relu' or 'gelu', got tanh",
    );
    expect(() => new TransformerEncoder(() => new TransformerEncoderLayer(4, 2), 0)).toThrow(
      'numLayers must be a positive integer, got 0',
    );
  });
});
