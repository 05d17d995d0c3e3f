import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { currentBackend, keep, type Tensor, tensor, tidy } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { Accuracy, ConfusionMatrix, type Metric, Predictions, RunningMean, TopKAccuracy } from '../src/index.ts';

const classes = (...values: number[]): Tensor => tensor(values, { dtype: 'int32' });
const scores = tensor([
  [0.1, 0.7, 0.2],
  [0.5, 0.1, 0.4],
  [0.3, 0.3, 0.4],
  [0.2, 0.6, 0.2],
]);
const truth = classes(1, 2, 2, 0);
const more = tensor([[9, 0, 0]]);

describe('Accuracy', () => {
  it('is the share of hits over all batches', async () => {
    const accuracy = new Accuracy();
    expect(await accuracy.compute()).toBeNaN();
    accuracy.update(scores, truth);
    expect(await accuracy.compute()).toBe(0.5);
    accuracy.update(more, classes(0));
    expect(await accuracy.compute()).toBe(0.6);
    accuracy.reset();
    accuracy.update(more, classes(1));
    expect(await accuracy.compute()).toBe(0);
  });

  it('counts every pixel of a segmentation', async () => {
    const accuracy = new Accuracy();
    accuracy.update(
      tensor([1, 5, 9, 0, 2, 4, 3, 1], { shape: [1, 2, 2, 2] }),
      tensor(
        [
          [
            [1, 0],
            [0, 1],
          ],
        ],
        { dtype: 'uint8' },
      ),
    );
    expect(await accuracy.compute()).toBe(1);
  });
});

describe('TopKAccuracy', () => {
  it('counts a class among the k highest', async () => {
    const tops = [1, 2, 3].map((k) => new TopKAccuracy(k));
    for (const metric of tops) metric.update(scores, classes(2, 1, 1, 1));
    expect(await Promise.all(tops.map((metric) => metric.compute()))).toEqual([0.25, 0.5, 1]);
  });

  it('refuses a k that is no positive integer', () => {
    expect(() => new TopKAccuracy(0)).toThrow('TopKAccuracy: k must be a positive integer, got 0');
  });
});

describe('ConfusionMatrix', () => {
  it('counts by true row and predicted column, over all batches', async () => {
    const confusion = new ConfusionMatrix(3);
    expect(await confusion.compute()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    confusion.update(scores, truth);
    confusion.update(more, classes(2));
    expect(await confusion.compute()).toEqual([
      [0, 1, 0],
      [0, 1, 0],
      [2, 0, 1],
    ]);
  });

  it('refuses another number of classes', () => {
    expect(() => new ConfusionMatrix(2).update(scores, truth)).toThrow('ConfusionMatrix: there must be 2 scores a sample, got 3');
    expect(() => new ConfusionMatrix(0)).toThrow(ArgumentError);
  });
});

describe('Predictions', () => {
  it('keeps every sample’s class, prediction and probabilities, in order', async () => {
    const predictions = new Predictions();
    predictions.update(scores, truth);
    predictions.update(tensor([[0, Math.log(3), 0]]), classes(1));
    const all = await predictions.compute();
    expect(all.map(({ index, truth: label, predicted }) => [index, label, predicted])).toEqual([
      [0, 1, 1],
      [1, 2, 0],
      [2, 2, 2],
      [3, 0, 1],
      [4, 1, 1],
    ]);
    expect(Array.from(all[4].probabilities).map((p) => Number(p.toFixed(6)))).toEqual([0.2, 0.6, 0.2]);
  });
});

describe('RunningMean', () => {
  it('weighs its values, and takes scalars and tensors of one element', async () => {
    const mean = new RunningMean();
    expect(await mean.compute()).toBeNaN();
    mean.add(tensor(2), 64);
    mean.add(tensor([[5]]), 32);
    expect(await mean.compute()).toBe(3);
  });
});

describe('every metric', () => {
  const all: readonly [string, () => Metric<unknown>][] = [
    ['Accuracy', () => new Accuracy()],
    ['TopKAccuracy', () => new TopKAccuracy(2)],
    ['ConfusionMatrix', () => new ConfusionMatrix(3)],
    ['Predictions', () => new Predictions()],
  ];

  it.each(all)('%s survives the scope it is updated in, and frees all with reset', async (_name, make) => {
    const { buffers } = currentBackend().stats();
    const metric = make();
    tidy(() => metric.update(scores.mul(1), truth));
    const first = await metric.compute();
    expect(await metric.compute()).toEqual(first);
    metric.reset();
    expect(currentBackend().stats().buffers).toBe(buffers);
  });

  it.each(all)('%s refuses targets that are not the classes of the scores', (_name, make) => {
    expect(() => make().update(scores, keep(classes(1, 2)))).toThrow(ShapeError);
    expect(() => make().update(scores, tensor([1, 2, 2, 0]))).toThrow(DTypeError);
  });
});
