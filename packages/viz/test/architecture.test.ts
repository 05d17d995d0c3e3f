import { ArgumentError } from '@dl/kernels';
import { Conv1d, Dropout, Flatten, Linear, ReLU, Sequential, summary } from '@dl/layers';
import { lenet5, resnet20 } from '@dl/models';
import { describe, expect, test } from 'vitest';
import { architectureSvg, type Orientation } from '../src/index.ts';
import { tagsOf, whereIs } from './tags.ts';

describe('architectureSvg', () => {
  test('draws LeNet-5: squares with maps and sizes under them, circles for vectors, activations with their layer', () => {
    const svg = architectureSvg(summary(lenet5(), [1, 1, 28, 28]));
    const tags = tagsOf(svg);
    const titles = [...svg.matchAll(/<g><title>([^<]*)</g)].map(([, title]) => title);
    expect(titles).toEqual([
      'input',
      'conv1, relu1',
      'pool1',
      'conv2, relu2',
      'pool2, flatten',
      'fc1, relu3',
      'fc2, relu4',
      'fc3',
    ]);
    const sizes = ['1@28×28', '6@28×28', '6@14×14', '16@10×10', '16@5×5', '120', '84', '10'];
    const places = sizes.map((size) => whereIs(svg, size).x);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    // 7 places each, the middle one dots.
    expect(tags.filter((tag) => tag === 'circle')).toHaveLength(3 * 6);
    expect(svg.match(/marker-end/g)).toHaveLength(7);
  });

  test('draws ResNet-20: every block is a dot that joins two convolutions with the way around them', () => {
    const svg = architectureSvg(summary(resnet20(), [1, 3, 32, 32]));
    tagsOf(svg);
    expect(svg.match(/>Conv2d</g)).toHaveLength(19);
    expect(svg.match(/>BasicBlock</g)).toHaveLength(9);
    // The stem, three to each block (in, between, out) and the way around it, the head.
    expect(svg.match(/marker-end/g)).toHaveLength(1 + 9 * 4 + 1);
  });

  test('dashes what dropout acts on, and nothing else', () => {
    const dashes = (...extra: Dropout[]): number => {
      const model = new Sequential(new Linear(4, 6), new ReLU(), ...extra, new Linear(6, 3));
      return architectureSvg(summary(model, [1, 4])).match(/stroke-dasharray/g)?.length ?? 0;
    };
    expect(dashes()).toBe(0);
    expect(dashes(new Dropout(0.5))).toBe(6);
  });

  test('draws signals and reads downwards, too', () => {
    const model = new Sequential(new Conv1d(2, 4, 3), new Flatten(), new Linear(56, 3));
    const svg = architectureSvg(summary(model, [1, 2, 16]), { orientation: 'topDown' });
    tagsOf(svg);
    const places = ['2@16', '4@14', '3'].map((size) => whereIs(svg, size).y);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test('refuses another orientation', () => {
    const result = summary(new Linear(2, 2), [1, 2]);
    expect(() => architectureSvg(result, { orientation: 'diagonal' as Orientation })).toThrow(ArgumentError);
  });
});
