import { stateDict } from '@dl/layers';
import { describe, expect, it } from 'vitest';
import { type VGGDepth, vgg16, vggFeatures, vggM } from '../src/index.ts';
import { count, make, rowsOf } from './made.ts';

describe('VGG', () => {
  const classifier = 25_088 * 4096 + 4096 + 4096 * 4096 + 4096 + 4096 * 1000 + 1000;

  // torchvision's num_params.
  it.each([
    [11, 132_863_336, 132_868_840],
    [13, 133_047_848, 133_053_736],
    [16, 138_357_544, 138_365_992],
    [19, 143_667_240, 143_678_248],
  ] as const)('6.14 VGG-%i has %i parameters, with batch normalisation %i', (depth, parameters, withBatchNorm) => {
    expect(count(make(vggFeatures(depth))) + classifier).toBe(parameters);
    expect(count(make(vggFeatures(depth, { batchNorm: true }))) + classifier).toBe(withBatchNorm);
  });

  it('6.14 VGG-16 whole has 138,357,544, and torchvision’s first weights', async () => {
    const model = make(vgg16());
    expect(count(model)).toBe(138_357_544);
    const dict = stateDict(model);
    const deviation = async (name: string): Promise<number> => {
      const values = Array.from(await dict.get(name)!.data());
      return Math.sqrt(values.reduce((total, value) => total + value ** 2, 0) / values.length);
    };
    expect((await deviation('features.10.weight')) / Math.sqrt(2 / (256 * 9))).toBeCloseTo(1, 1);
    expect((await deviation('classifier.6.weight')) / 0.01).toBeCloseTo(1, 1);
    expect(await deviation('features.10.bias')).toBe(0);
  });

  it('6.14 VGG-M', () => {
    const model = make(vggM());
    expect(count(model)).toBe(102_908_520);
    const rows = rowsOf(model, 224);
    expect(['pool1', 'conv2', 'pool2', 'pool5'].map((name) => rows.get(name)?.shape[3])).toEqual([54, 26, 13, 6]);
  });

  it('refuses other depths', () => {
    expect(() => vggFeatures(12 as VGGDepth)).toThrow('vggFeatures: depth must be 11, 13, 16 or 19, got 12');
  });
});
