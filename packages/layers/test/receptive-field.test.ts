import { jacobian } from '@dl/autograd';
import { createReferenceBackend } from '@dl/kernels';
import { ones, reshape, type Tensor, useBackend } from '@dl/tensor';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  AdaptiveAvgPool2d,
  AvgPool1d,
  AvgPool3d,
  Conv1d,
  Conv2d,
  Conv3d,
  ConvTranspose1d,
  ConvTranspose2d,
  type Layer,
  LSTM,
  MaxPool1d,
  MaxPool2d,
  MaxPool3d,
  Module,
  PixelShuffle,
  ReLU,
  Sequential,
  summary,
  Upsample,
} from '../src/index.ts';

beforeAll(() => useBackend(createReferenceBackend()));

const fieldOf = (model: Layer, shape: readonly number[]): unknown => summary(model, shape).layers.at(-1)?.receptiveField;

/** How far apart the first and the last input are that an output depends on, at most: by the Jacobian, all of whose weights are 1. */
async function measured(layers: readonly Layer[], length: number): Promise<number> {
  for (const layer of layers) {
    if (layer instanceof Module) for (const parameter of layer.parameters()) parameter.assign(ones(parameter.shape));
  }
  const model = new Sequential(...layers);
  const rows = await jacobian((x: Tensor) => reshape(model.forward(reshape(x, [1, 1, length])), [-1]))(ones([length])).array();
  const spans = (rows as number[][]).map(
    (row) => row.findLastIndex((value) => value !== 0) - row.findIndex((value) => value !== 0) + 1,
  );
  return Math.max(...spans);
}

const small = fc.integer({ min: 1, max: 4 });
const layer: fc.Arbitrary<() => Layer> = fc.oneof(
  fc.tuple(small, fc.integer({ min: 1, max: 2 })).map(
    ([k, dilation]) =>
      () =>
        new Conv1d(1, 1, k, { dilation }),
  ),
  fc.tuple(small, small).map(
    ([k, stride]) =>
      () =>
        new AvgPool1d(k, { stride }),
  ),
  fc.tuple(small, fc.constantFrom(1, 2)).map(
    ([k, stride]) =>
      () =>
        new ConvTranspose1d(1, 1, k, { stride }),
  ),
  fc.constant(() => new Upsample({ scaleFactor: 2 })),
);

describe('the receptive field', () => {
  test('is what the Jacobian says, for chains of convolutions, poolings, transposed convolutions and upsampling', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(layer, { minLength: 1, maxLength: 4 }), async (makers) => {
        const layers = makers.map((make) => make());
        const length = 96;
        const [field] = fieldOf(new Sequential(...layers), [1, 1, length]) as readonly number[];
        const found = await measured(layers, length);
        expect(found).toBeLessThanOrEqual(field);
        // Where upsampled pixels are not all met by a stride, the largest field that could be need not occur.
        const grows = layers.some((one) => one instanceof Upsample || one instanceof ConvTranspose1d);
        if (!grows) expect(found).toBe(field);
        else expect(found).toBeGreaterThanOrEqual(field - 2);
      }),
      { numRuns: 40 },
    );
  });

  test.each([
    ['a transposed convolution as fine as its stride', new ConvTranspose2d(1, 1, 2, { stride: 2 }), [1, 1]],
    ['a transposed convolution whose taps overlap', new ConvTranspose2d(1, 1, 4, { stride: 2 }), [2, 2]],
    ['a dilated one', new ConvTranspose2d(1, 1, 3, { stride: 2, dilation: 2 }), [3, 3]],
    ['one whose taps never meet', new ConvTranspose2d(1, 1, 2, { stride: 2, dilation: 3 }), [1, 1]],
    ['the nearest pixel', new Upsample({ scaleFactor: 2 }), [1, 1]],
    ['two pixels by weight', new Upsample({ scaleFactor: 2, mode: 'bilinear' }), [2, 2]],
    ['one axis only', new Upsample({ scaleFactor: [1, 2], mode: 'bilinear' }), [1, 2]],
    ['half steps after upsampling', new Sequential(new Upsample({ scaleFactor: 2 }), new Conv2d(1, 1, 3)), [2, 2]],
    [
      'the U of a U-Net',
      new Sequential(new MaxPool2d(2), new Conv2d(1, 1, 3), new ConvTranspose2d(1, 1, 2, { stride: 2 })),
      [6, 6],
    ],
  ] as const)('of %s', (_, model, field) => {
    expect(fieldOf(model, [1, 1, 16, 16])).toEqual(field);
  });

  test('of signals and volumes has one extent an axis', () => {
    expect(fieldOf(new Sequential(new Conv1d(2, 4, 5), new ReLU(), new MaxPool1d(2)), [1, 2, 32])).toEqual([6]);
    const volumes = new Sequential(
      new Conv3d(1, 2, [3, 5, 1], { stride: [2, 1, 1], dilation: [1, 2, 1] }),
      new ReLU(),
      new MaxPool3d([2, 2, 4]),
      new AvgPool3d(2, { stride: 1 }),
    );
    expect(summary(volumes, [1, 1, 24, 24, 24]).layers.map(({ receptiveField }) => receptiveField)).toEqual([
      [3, 9, 1],
      [3, 9, 1],
      [5, 10, 4],
      [9, 12, 8],
    ]);
  });

  test('is everything after a mean over positions, and unknown where an op does not tell', () => {
    class Mean extends Module implements Layer {
      override forward(x: Tensor): Tensor {
        return x.mean([2, 3]);
      }
    }
    expect(fieldOf(new Mean(), [1, 2, 8, 8])).toBe('all');
    expect(fieldOf(new AdaptiveAvgPool2d(1), [1, 2, 8, 8])).toEqual([8, 8]);
    expect(fieldOf(new PixelShuffle(2), [1, 4, 8, 8])).toBeUndefined();
    class Last extends Module implements Layer {
      readonly lstm: LSTM = new LSTM(4, 3, { batchFirst: true });
      override forward(x: Tensor): Tensor {
        return this.lstm.forward(x).output;
      }
    }
    expect(fieldOf(new Last(), [1, 7, 4])).toBeUndefined();
  });
});
