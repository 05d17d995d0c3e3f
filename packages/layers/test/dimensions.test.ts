import { valueAndGrad } from '@dl/autograd';
import { ArgumentError } from '@dl/kernels';
import * as layers from '@dl/layers';
import { mul, ones, sum, type Tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import golden from './golden/dimensions.json' with { type: 'json' };
import { pattern } from './golden/pattern.ts';
import { expectTensor, fill, type GoldenTensor, upload } from './golden/read.ts';

const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

type LayerClass = new (...args: never[]) => layers.Layer;

function make(kind: string, args: readonly unknown[], options: object): layers.Layer {
  const LayerOfKind = Object.entries(layers).find(([name]) => name === kind)?.[1] as LayerClass;
  const named = Object.fromEntries(Object.entries(options).map(([name, value]) => [camel(name), value]));
  return new LayerOfKind(...([...args, ...(Object.keys(named).length > 0 ? [named] : [])] as never[]));
}

describe('convolution, pooling and padding layers agree with PyTorch 1.13', () => {
  it.each(golden.map((row, i) => ({ ...row, i })))('$i $kind $args $options', async (row) => {
    const layer = make(row.kind, row.args, row.options);
    fill(layer, row.parameters);
    const x = upload(row.x);
    const parameters = layer.namedParameters();
    expect([...parameters.keys()]).toEqual(Object.keys(row.parameters));
    const { grads } = valueAndGrad((): Tensor => {
      const output = layer.forward(x);
      return sum(mul(output, pattern(output.shape, 11)));
    }, [x, ...layer.parameters()]);
    for (const [name, expected] of Object.entries(row.grads)) {
      await expectTensor(grads.get(name === 'x' ? x : parameters.get(name)!)!, expected as GoldenTensor, 1e-5);
    }
    await expectTensor(layer.forward(x), row.output, 1e-5);
  });
});

describe('convolution layers', () => {
  it('start as PyTorch starts them: uniform within one over the square root of the fan-in', async () => {
    for (const [layer, fanIn] of [
      [new layers.Conv1d(4, 8, 5), 20],
      [new layers.Conv3d(4, 8, 2, { groups: 2 }), 16],
      [new layers.ConvTranspose2d(6, 8, 3, { groups: 2 }), 36],
    ] as const) {
      for (const parameter of layer.parameters()) {
        const largest = await parameter.abs().max().item();
        expect(largest).toBeLessThanOrEqual(1 / Math.sqrt(fanIn));
        expect(largest).toBeGreaterThan(0.5 / Math.sqrt(fanIn));
      }
    }
  });

  it('refuse counts that are none, groups that do not divide, and unknown padding modes', () => {
    expect(() => new layers.Conv1d(0, 1, 1)).toThrow('Conv1d: inChannels must be a positive integer, got 0');
    expect(() => new layers.Conv3d(1, 1, [1, 0, 1])).toThrow('Conv3d: kernelHeight must be a positive integer, got 0');
    expect(() => new layers.ConvTranspose1d(4, 3, 1, { groups: 2 })).toThrow(
      'ConvTranspose1d: groups must divide both channel counts, got 2 for 4 and 3',
    );
    const layer = new layers.Conv2d(1, 1, 1, { paddingMode: 'mirror' as 'reflect' });
    expect(() => layer.forward(ones([1, 1, 2, 2]))).toThrow(ArgumentError);
  });
});
