import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { valueAndGrad } from '@dl/autograd';
import { readSafetensors } from '@dl/io';
import { ArgumentError } from '@dl/kernels';
import { BatchNorm2d, crossEntropy, loadStateDict, stateDict, summary } from '@dl/layers';
import { currentBackend, Rng, randn, type Tensor, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { BasicBlock, CifarResNet, resnet20, resnet32, resnet44, resnet56, resnet110, type Shortcut } from '../src/index.ts';
import golden from './golden/resnet20.json' with { type: 'json' };

const trainable = (model: CifarResNet): number => model.parameters().reduce((total, { size }) => total + size, 0);
const rng = (seed = 1): Rng => new Rng(seed);

describe('residual networks for CIFAR', () => {
  // The sizes in the README of akamaster's pytorch_resnet_cifar10, exact.
  it.each([
    [20, resnet20, 269_722],
    [32, resnet32, 464_154],
    [44, resnet44, 658_586],
    [56, resnet56, 853_018],
    [110, resnet110, 1_727_962],
  ] as const)('ResNet-%i has as many layers with weights, and its number of parameters', (depth, make, parameters) => {
    const model = make();
    expect(trainable(model)).toBe(parameters);
    expect([...stateDict(model).keys()].filter((name) => /(conv\d|linear)\.weight$/.test(name))).toHaveLength(depth);
  });

  it('has the paper’s stages', () => {
    const { layers, multiplyAdds } = summary(resnet20(), [1, 3, 32, 32]);
    const shapes = new Map(layers.map(({ name, outputShapes }) => [name, outputShapes[0]]));
    expect([shapes.get('layer1.2.bn2'), shapes.get('layer2.2.bn2'), shapes.get('layer3.2.bn2')]).toEqual([
      [1, 16, 32, 32],
      [1, 32, 16, 16],
      [1, 64, 8, 8],
    ]);
    expect(multiplyAdds).toBe(40_551_040);
    expect(layers.at(-1)?.receptiveField).toBe('all');
  });

  it('starts as He et al. say: deviation √(2 / fanIn)', async () => {
    const weight = await stateDict(resnet20({ rng: rng() }))
      .get('layer3.1.conv2.weight')!
      .data();
    const power = Array.from(weight).reduce((total, value) => total + value ** 2, 0) / weight.length;
    expect(power / (2 / (64 * 9))).toBeCloseTo(1, 1);
  });

  it('passes its input on by stride and zeros (A), or by a learnt projection (B)', async () => {
    const [a, b] = (['A', 'B'] as const).map(
      (shortcut: Shortcut) => new BasicBlock({ inChannels: 2, channels: 4, stride: 2, shortcut, rng: rng() }),
    );
    expect([...stateDict(b).keys()].filter((name) => name.startsWith('shortcut'))).toEqual(
      ['0.weight', '1.weight', '1.bias', '1.running_mean', '1.running_var', '1.num_batches_tracked'].map((k) => `shortcut.${k}`),
    );
    expect(a.shortcut).toBeUndefined();
    // With nothing but the shortcut left, the output is the rectified input.
    for (const block of [a, b]) block.bn2.weight!.assign(tensor([0, 0, 0, 0]));
    const x = tensor([0, 1, 2, 3, 4, 5, 6, 7, 8, -9, -10, -11, -12, 13, 14, 15, 16, 17], { shape: [1, 2, 3, 3] });
    expect(await a.forward(x).array()).toEqual([
      [
        [
          [0, 0],
          [0, 0],
        ],
        [
          [0, 2],
          [6, 8],
        ],
        [
          [0, 0],
          [15, 17],
        ],
        [
          [0, 0],
          [0, 0],
        ],
      ],
    ]);
    expect(b.forward(x).shape).toEqual([1, 4, 2, 2]);
  });

  it('learns in every layer', async () => {
    const model = resnet20({ shortcut: 'B', rng: rng() });
    const x = randn([4, 3, 16, 16], { rng: rng(2) });
    const target = tensor([0, 1, 2, 3], { dtype: 'int32' });
    const { grads } = valueAndGrad(() => crossEntropy(model.forward(x, { training: true }), target), model.parameters());
    expect(grads.size).toBe(model.parameters().length);
    for (const grad of grads.values()) expect(await grad.abs().sum().item()).toBeGreaterThan(0);
    for (const module of model.modules()) {
      if (module instanceof BatchNorm2d) expect(await module.numBatchesTracked!.item()).toBe(1);
    }
  });

  it('leaves no block behind after a training step', () => {
    const model = resnet20({ rng: rng() });
    const x = randn([2, 3, 8, 8], { rng: rng(2) });
    const target = tensor([0, 1], { dtype: 'int32' });
    const step = (): void => {
      const { value, grads } = valueAndGrad(() => crossEntropy(model.forward(x, { training: true }), target), model.parameters());
      value.dispose();
      for (const grad of grads.values()) grad.dispose();
    };
    step();
    const { buffers, bytes } = currentBackend().stats();
    for (let i = 0; i < 3; i++) step();
    expect(currentBackend().stats()).toMatchObject({ buffers, bytes });
  });

  it('refuses unknown shortcuts and no blocks', () => {
    expect(() => resnet20({ shortcut: 'C' as Shortcut })).toThrow(ArgumentError);
    expect(() => resnet20({ shortcut: 'C' as Shortcut })).toThrow("CifarResNet: shortcut must be 'A', 'B' or 'none', got C");
    expect(() => new CifarResNet(0)).toThrow('CifarResNet: blocks must be a positive integer, got 0');
  });
});

const data = process.env.DL_DATA_DIR;
const files = {
  weights: join(data ?? '', '../weights/resnet20-cifar10.safetensors'),
  images: join(data ?? '', 'cifar-10/data_batch_2.bin.gz'),
};
const isHere = data !== undefined && Object.values(files).every((file) => existsSync(file));

describe.skipIf(!isHere)('ResNet-20 with foreign weights on CIFAR-10 (DL_DATA_DIR)', () => {
  it('predicts what PyTorch 1.13 does, for 1000 images', async () => {
    const model = resnet20();
    expect(loadStateDict(model, (await readSafetensors(files.weights)).tensors)).toEqual({ missing: [], unexpected: [] });
    const records = gunzipSync(await readFile(files.images));
    const predictions: number[] = [];
    let right = 0;
    for (let first = 0; first < 1000; first += 100) {
      const logits = model.forward(images(records, first, 100));
      if (first === 0) {
        const values = await logits.data();
        for (const [i, expected] of golden.logits.flat().entries()) expect(Math.abs(values[i] - expected)).toBeLessThan(1e-3);
      }
      for (const [i, label] of (await logits.argMax(1).data()).entries()) {
        predictions.push(label);
        if (label === records[(first + i) * 3073]) right++;
      }
    }
    expect(predictions.join('')).toBe(golden.predictions);
    expect(right).toBe(golden.correctOf1000);
  });
});

/** Records of CIFAR-10 are a label and 3 × 1024 bytes; the network was trained on ImageNet's mean and deviation. */
function images(records: Uint8Array, first: number, count: number): Tensor {
  const [mean, std] = [
    [0.485, 0.456, 0.406],
    [0.229, 0.224, 0.225],
  ];
  const pixels = new Float32Array(count * 3072);
  for (let i = 0; i < pixels.length; i++) {
    const channel = Math.floor((i % 3072) / 1024);
    const byte = records[(first + Math.floor(i / 3072)) * 3073 + 1 + (i % 3072)];
    pixels[i] = (byte / 255 - mean[channel]) / std[channel];
  }
  return tensor(pixels, { shape: [count, 3, 32, 32] });
}
