import { DataLoader, mixUp } from '@dl/data';
import { crossEntropy, Flatten, Linear, Sequential } from '@dl/layers';
import { Adam } from '@dl/optim';
import { manualSeed } from '@dl/tensor';
import { expect, it } from 'vitest';
import { Accuracy, AUROC, BrierScore, CalibrationError, CrossEntropy, F1Score, fit, TopKError } from '../src/index.ts';
import { smallDigits } from './small-digits.ts';

it('metrics of classes go along with batches whose classes are mixed', async () => {
  manualSeed(1);
  const model = new Sequential(new Flatten(), new Linear(196, 10));
  const train = new DataLoader(smallDigits(100, 'train'), { batchSize: 20, shuffle: true, transform: mixUp({ numClasses: 10 }) });
  const metrics = {
    accuracy: new Accuracy(),
    error: new TopKError(),
    f1: new F1Score(10),
    auroc: new AUROC(),
    brier: new BrierScore(),
    calibration: new CalibrationError(),
    crossEntropy: new CrossEntropy(),
  };
  const optimizer = new Adam(model.parameters(), { lr: 1e-2 });
  const { history } = await fit({ model, loss: crossEntropy, optimizer, train, epochs: 8, metrics });
  const { accuracy, error, auroc, crossEntropy: mean } = history[7].train.metrics;
  expect(accuracy).toBeGreaterThan(history[0].train.metrics.accuracy + 0.2);
  expect(error).toBeCloseTo(1 - accuracy, 12);
  expect(auroc).toBeGreaterThan(0.8);
  // What the loss says, by the same targets.
  expect(mean).toBeCloseTo(history[7].train.loss, 5);
});
