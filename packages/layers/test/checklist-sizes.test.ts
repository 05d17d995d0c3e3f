import { describe, expect, test } from 'vitest';
import { AvgPool2d, Conv2d, MaxPool2d, ReLU, Sequential, summary } from '../src/index.ts';

const shapes = (model: Sequential, shape: readonly number[]): readonly (readonly number[])[] =>
  summary(model, shape).layers.map(({ outputShapes: [first] }) => first);

describe('quizzes', () => {
  test('2.4 an image of 96 × 96 after 5 × 5 and pooling by 4 is 23 × 23', () => {
    const model = new Sequential(new Conv2d(1, 1, 5), new AvgPool2d(4));
    expect(shapes(model, [1, 1, 96, 96])).toEqual([
      [1, 1, 92, 92],
      [1, 1, 23, 23],
    ]);
  });

  test('2.4 after 3 × 3 with stride 3 and pooling by 8 it is 4 × 4', () => {
    const model = new Sequential(new Conv2d(1, 1, 3, { stride: 3 }), new MaxPool2d(8));
    expect(shapes(model, [1, 1, 96, 96])).toEqual([
      [1, 1, 32, 32],
      [1, 1, 4, 4],
    ]);
  });

  test.each([1, 3, 5, 7])('7.13 a convolution of K and pooling of P see P + K - 1 pixels (K = %i)', (kernel) => {
    for (const pool of [1, 2, 3, 4]) {
      const { layers } = summary(new Sequential(new Conv2d(1, 1, kernel), new MaxPool2d(pool)), [1, 1, 32, 32]);
      expect(layers[1].receptiveField).toEqual([pool + kernel - 1, pool + kernel - 1]);
    }
  });

  test('7.13 the fifth pooling of AlexNet sees 195 pixels', () => {
    const model = new Sequential({
      conv1: new Conv2d(3, 4, 11, { stride: 4, padding: 2 }),
      pool1: new MaxPool2d(3, { stride: 2 }),
      conv2: new Conv2d(4, 4, 5, { padding: 2 }),
      pool2: new MaxPool2d(3, { stride: 2 }),
      conv3: new Conv2d(4, 4, 3, { padding: 1 }),
      conv4: new Conv2d(4, 4, 3, { padding: 1 }),
      conv5: new Conv2d(4, 4, 3, { padding: 1 }),
      pool5: new MaxPool2d(3, { stride: 2 }),
    });
    const fields = summary(model, [1, 3, 227, 227]).layers.map(({ receptiveField }) => receptiveField);
    expect(fields.map((field) => field?.[0])).toEqual([11, 19, 51, 67, 99, 131, 163, 195]);
  });

  test('7.14 five filters of 7 × 7 on three channels have 735 weights', () => {
    expect(summary(new Conv2d(3, 5, 7, { bias: false }), [1, 3, 32, 32]).parameters).toBe(735);
  });

  test('7.14 a hundred filters of 10 × 10 on 200 × 200 pixels have 10,000 weights', () => {
    expect(summary(new Conv2d(1, 100, 10, { bias: false }), [1, 1, 200, 200]).parameters).toBe(10_000);
  });

  test('7.14 a volume of H × W × D has that many numbers, and so many bytes in float32', () => {
    const { layers } = summary(new Sequential(new Conv2d(3, 6, 5), new ReLU()), [1, 3, 32, 32]);
    expect(layers[1].outputShapes).toEqual([[1, 6, 28, 28]]);
    expect(layers[1].activationBytes).toBe(4 * 28 * 28 * 6);
  });
});
