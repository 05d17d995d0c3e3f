import { type Conv2d, stateDict } from '@dl/layers';
import { zeros } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import {
  Bottleneck,
  fcnResnet50,
  googlenet,
  ResNet,
  type ResNetDepth,
  resnet18,
  resnet34,
  resnet50,
  resnet101,
  resnet152,
} from '../src/index.ts';
import { count, make, rowsOf } from './made.ts';

describe('GoogLeNet', () => {
  it('6.15 has torchvision’s number of parameters, and its auxiliary classifiers', () => {
    expect(count(make(googlenet()))).toBe(6_624_904);
    expect(count(make(googlenet({ aux: true })))).toBe(13_004_888);
    expect(() => googlenet({ classes: 2 }).forwardWithAux(zeros([1, 3, 32, 32]))).toThrow(
      'forwardWithAux: the model must have auxiliary classifiers',
    );
  });

  it('6.15 a bottleneck from 256 by 64 has 69,632 weights, where a 3 × 3 convolution has 589,824', () => {
    const { conv1, conv2, conv3 } = new Bottleneck({ inChannels: 256, channels: 64, stride: 1, dilation: 1, rng: undefined });
    const weights = [conv1, conv2, conv3].reduce((total: number, { weight }: Conv2d) => total + weight.size, 0);
    expect(weights).toBe(69_632);
    expect((256 * 256 * 9) / weights).toBeCloseTo(8.47, 2);
  });
});

describe('residual networks', () => {
  it.each([
    [18, resnet18, 11_689_512],
    [34, resnet34, 21_797_672],
    [50, resnet50, 25_557_032],
    [101, resnet101, 44_549_160],
    [152, resnet152, 60_192_808],
  ] as const)('6.17 ResNet-%i has as many layers with weights, and its number of parameters', (depth, build, parameters) => {
    const model = make(build());
    expect(count(model)).toBe(parameters);
    const weighty = [...stateDict(model).keys()].filter((name) => /(conv\d|fc)\.weight$/.test(name));
    expect(weighty).toHaveLength(depth);
  });

  it('6.17 halves the map at each stage but the first', () => {
    const rows = rowsOf(make(resnet18({ classes: 2 })), 64);
    expect(
      ['layer1.1.bn2', 'layer2.1.bn2', 'layer3.1.bn2', 'layer4.1.bn2'].map((name) => rows.get(name)?.shape.slice(1)),
    ).toEqual([
      [64, 16, 16],
      [128, 8, 8],
      [256, 4, 4],
      [512, 2, 2],
    ]);
  });

  it('refuses other depths', () => {
    expect(() => new ResNet(42 as ResNetDepth)).toThrow('ResNet: depth must be 18, 34, 50, 101 or 152, got 42');
  });
});

describe('FCN', () => {
  it('6.19 gives scores for each pixel, whatever the size', () => {
    const model = make(fcnResnet50());
    expect(count(model)).toBe(32_957_013);
    for (const [h, w] of [
      [17, 40],
      [33, 24],
    ]) {
      expect(model.forward(zeros([1, 3, h, w])).shape).toEqual([1, 21, h, w]);
    }
    const { layer2, layer3, layer4 } = model.backbone.forward(zeros([1, 3, 64, 64]));
    expect([layer2, layer3, layer4].map(({ shape }) => shape[3])).toEqual([8, 8, 8]);
    expect(() => model.forwardWithAux(zeros([1, 3, 32, 32]))).toThrow('forwardWithAux: the model must have an auxiliary head');
  });
});
