import { ArgumentError } from '@dl/kernels';
import { stateDict, summary } from '@dl/layers';
import { zeros } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { type AlexNetLayer, alexnetOneTower, alexnetTwoTower } from '../src/index.ts';
import { count, make, rowsOf } from './made.ts';

describe('AlexNet', () => {
  it('6.10 one tower: 62,161,896 parameters, and 1000 × 1 × 1 at the end', () => {
    const model = make(alexnetOneTower());
    expect(count(model)).toBe(62_161_896);
    const rows = rowsOf(model, 224);
    const shapes = ['conv1', 'pool1', 'conv2', 'pool2', 'conv5', 'pool5', 'conv8'].map((name) => rows.get(name)?.shape.slice(1));
    expect(shapes).toEqual([
      [64, 55, 55],
      [64, 28, 28],
      [256, 28, 28],
      [256, 14, 14],
      [256, 14, 14],
      [256, 6, 6],
      [1000, 1, 1],
    ]);
    expect(count(model)).toBe([...rows.values()].reduce((total, { parameters }) => total + parameters, 0));
  });

  it('6.11 two towers: sizes of the paper, but 290,400 units in the first layer', () => {
    const rows = rowsOf(make(alexnetTwoTower()), 224);
    const units = ['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'fc6', 'fc7', 'fc8'].map((name) =>
      rows.get(name)?.shape.reduce((product, extent) => product * extent, 1),
    );
    expect(3 * 224 * 224).toBe(150_528);
    expect(units).toEqual([290_400, 186_624, 64_896, 64_896, 43_264, 4096, 4096, 1000]);
  });

  it('6.12 summary has the table of parameters and multiply-adds', () => {
    const table = summary(make(alexnetTwoTower()), [1, 3, 224, 224]);
    const { multiplyAdds, parameters, layers } = table;
    expect([parameters, multiplyAdds]).toEqual([60_965_224, 724_406_816]);
    const rows = layers.filter(({ parameters: own }) => own > 0).map((row) => [row.name, row.parameters, row.multiplyAdds]);
    expect(rows).toEqual([
      ['conv1', 34_944, 105_415_200],
      ['conv2', 307_456, 223_948_800],
      ['conv3', 885_120, 149_520_384],
      ['conv4', 663_936, 112_140_288],
      ['conv5', 442_624, 74_760_192],
      ['fc6', 37_752_832, 37_748_736],
      ['fc7', 16_781_312, 16_777_216],
      ['fc8', 4_097_000, 4_096_000],
    ]);
    expect(String(table)).toMatch(/conv4 +Conv2d +\[1, 384, 13, 13\] +663,936 +112,140,288/);
    expect(String(table)).toContain('60,965,224 parameters');
  });

  it('6.12 without groups the fourth convolution has 1.3 million', () => {
    const model = make(alexnetTwoTower({ groups: 1, without: [6, 7], classes: 10 }));
    expect(stateDict(model).get('conv4.weight')?.size).toBe(1_327_104);
  });

  it.each<[readonly AlexNetLayer[], number]>([
    [[7], 16_781_312],
    [[6, 7], 49_414_144],
    [[3, 4], 1_696_512],
  ])('6.13 without layers %j there are %i parameters fewer', (without, fewer) => {
    expect(60_965_224 - count(make(alexnetTwoTower({ without })))).toBe(fewer);
  });

  it('6.13 runs without any of the four, and refuses others', () => {
    const model = make(alexnetTwoTower({ without: [3, 4, 6, 7], classes: 7 }));
    expect(model.forward(zeros([1, 3, 224, 224])).shape).toEqual([1, 7]);
    expect(() => alexnetTwoTower({ without: [5 as AlexNetLayer] })).toThrow(ArgumentError);
    expect(() => alexnetTwoTower({ without: [5 as AlexNetLayer] })).toThrow('without must name layers 3, 4, 6 or 7, got 5');
    expect(() => alexnetTwoTower({ groups: 3 as 2 })).toThrow('alexnetTwoTower: groups must be 1 or 2, got 3');
  });
});
