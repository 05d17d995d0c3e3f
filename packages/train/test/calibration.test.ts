import { ArrayDataset, DataLoader, type HostTensor } from '@dl/data';
import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { crossEntropy, Identity, stateDict } from '@dl/layers';
import { Rng, tensor } from '@dl/tensor';
import { describe, expect, it } from 'vitest';
import { CalibrationError, calibrationSvg, evaluate, fitTemperature, roc, rocSvg, TemperatureScaling } from '../src/index.ts';
import { elementsOf } from './parse-svg.ts';

/** Classes drawn with the probabilities of logits, which are then made `factor` times as large. */
function overconfident(factor: number, seed: number): DataLoader<{ x: HostTensor; y: HostTensor }> {
  const [samples, classes] = [2000, 3];
  const rng = new Rng(seed);
  const x = Float32Array.from({ length: samples * classes }, () => 4 * rng.next() - 2);
  const y = Int32Array.from({ length: samples }, (_, i) => {
    const weights = Array.from(x.subarray(i * classes, (i + 1) * classes), Math.exp);
    const drawn = rng.next() * weights.reduce((sum, weight) => sum + weight, 0);
    return weights.slice(0, -1).filter((_, c) => drawn >= weights.slice(0, c + 1).reduce((sum, weight) => sum + weight, 0))
      .length;
  });
  const logits = x.map((value) => value * factor);
  const dataset = new ArrayDataset<{ x: HostTensor; y: HostTensor }>({
    x: { shape: [samples, classes], dtype: 'float32', data: logits },
    y: { shape: [samples], dtype: 'int32', data: y },
  });
  return new DataLoader(dataset, { batchSize: 512 });
}

describe('fitTemperature', () => {
  it('finds the factor by which logits are too large, and so mends calibration on other data', async () => {
    const [validation, test] = [overconfident(3, 1), overconfident(3, 2)];
    const scaled = await fitTemperature(new Identity(), validation);
    const temperature = Number(await scaled.temperature.item());
    expect(temperature).toBeGreaterThan(2.7);
    expect(temperature).toBeLessThan(3.3);
    const metrics = { error: new CalibrationError() };
    const before = await evaluate(new Identity(), test, { loss: crossEntropy, metrics });
    const after = await evaluate(scaled, test, { loss: crossEntropy, metrics });
    expect(after.metrics.error).toBeLessThan(before.metrics.error / 3);
    // The least cross-entropy there is on validation data.
    const at = async (t: number): Promise<number> =>
      (await evaluate(new TemperatureScaling(new Identity(), t), validation, { loss: crossEntropy })).loss;
    const best = await at(temperature);
    expect(await at(temperature * 1.05)).toBeGreaterThan(best);
    expect(await at(temperature / 1.05)).toBeGreaterThan(best);
  });

  it('stops at the coldest for what is always right, and at the hottest for what is always wrong', async () => {
    const logits = tensor([[1, 0]]);
    const batches = (y: number): AsyncIterable<{ x: typeof logits; y: typeof logits }> => ({
      async *[Symbol.asyncIterator]() {
        yield { x: logits, y: tensor([y], { dtype: 'int32' }) };
      },
    });
    expect(await (await fitTemperature(new Identity(), batches(0))).temperature.item()).toBeCloseTo(0.01, 3);
    expect(await (await fitTemperature(new Identity(), batches(1))).temperature.item()).toBeCloseTo(100, 1);
  });

  it('refuses the test split, no data, and what are no classes', async () => {
    const loader = overconfident(1, 1);
    const tagged = { split: 'test', [Symbol.asyncIterator]: () => loader[Symbol.asyncIterator]() };
    await expect(fitTemperature(new Identity(), tagged)).rejects.toThrow(
      'fitTemperature: validation must not be of the test split',
    );
    const one = (x: number[][], y: number[], dtype: 'int32' | 'float32') => ({
      async *[Symbol.asyncIterator]() {
        if (x.length > 0) yield { x: tensor(x), y: tensor(y, { dtype }) };
      },
    });
    await expect(fitTemperature(new Identity(), one([], [], 'int32'))).rejects.toThrow(ArgumentError);
    await expect(fitTemperature(new Identity(), one([[1, 2]], [0, 1], 'int32'))).rejects.toThrow(ShapeError);
    await expect(fitTemperature(new Identity(), one([[1, 2]], [0], 'float32'))).rejects.toThrow(DTypeError);
  });
});

describe('TemperatureScaling', () => {
  it('keeps the temperature with the weights, and refuses one that is not positive', () => {
    const scaled = new TemperatureScaling(new Identity(), 2);
    expect([...stateDict(scaled).keys()]).toEqual(['temperature']);
    expect(scaled.parameters()).toEqual([]);
    expect(() => new TemperatureScaling(new Identity(), 0)).toThrow(ArgumentError);
  });
});

describe('calibrationSvg', () => {
  const bins = [
    { low: 0, high: 0.5, count: 0, confidence: Number.NaN, accuracy: Number.NaN },
    { low: 0.5, high: 1, count: 40, confidence: 0.9, accuracy: 0.7 },
  ];

  it('has a bar for the accuracy, one for the gap and one for the count of each bin with samples', () => {
    const all = elementsOf(calibrationSvg(bins, { title: 'Sure?' }));
    const [paper, accuracy, gap, count, ...rest] = all.filter(({ name }) => name === 'rect');
    expect(rest).toEqual([]);
    expect(paper.attributes.fill).toBe('#ffffff');
    expect([accuracy.attributes.y, accuracy.attributes.height]).toEqual(['90', '210']);
    expect([gap.attributes.y, gap.attributes.height]).toEqual(['30', '60']);
    expect(count.attributes.height).toBe('60');
    const texts = all.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['Sure?', 'expected calibration error 20.00 % over 40 samples']));
  });

  it('says – without samples', () => {
    const texts = elementsOf(calibrationSvg(bins.slice(0, 1))).map(({ text }) => text);
    expect(texts).toContain('expected calibration error – over 0 samples');
  });
});

describe('rocSvg', () => {
  it('draws the curve and marks where the errors are equal', () => {
    const all = elementsOf(rocSvg(roc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])));
    expect(all.find(({ name }) => name === 'path')?.attributes.d).toBe('M0,300L0,150L150,150L150,0L300,0');
    const { cx, cy } = all.find(({ name }) => name === 'circle')!.attributes;
    expect([cx, cy]).toEqual(['150', '150']);
    expect(all.map(({ text }) => text)).toContain('area 0.7500, equal error rate 50.00 %');
  });

  it('marks nothing where there is one kind only', () => {
    const all = elementsOf(rocSvg(roc([1, 2], [1, 1])));
    expect(all.filter(({ name }) => name === 'circle')).toEqual([]);
    expect(all.map(({ text }) => text)).toContain('area –, equal error rate –');
  });
});
