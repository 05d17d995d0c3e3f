import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DataLoader, drawnDigits } from '@dl/data';
import { BatchNorm1d, crossEntropy, Dropout, Flatten, Linear, ReLU, Sequential } from '@dl/layers';
import { Adam, OneCycleLR } from '@dl/optim';
import { manualSeed } from '@dl/tensor';
import { Accuracy, checkpoints, exponentialMovingAverage, fit, latestCheckpoint, weightsChecksum } from '../src/index.ts';

// A program that trains on drawn digits and goes on where a run in the same folder was: killed.test.ts kills it.
const [directory] = process.argv.slice(2);
manualSeed(3);
const model = new Sequential(
  new Flatten(),
  new Linear(784, 12),
  new BatchNorm1d(12),
  new ReLU(),
  new Dropout(0.2),
  new Linear(12, 10),
);
const optimizer = new Adam(model.parameters(), { lr: 1e-2 });
const train = new DataLoader(drawnDigits({ size: 48 }), { batchSize: 4, shuffle: true });
const validation = new DataLoader(drawnDigits({ size: 16, seed: 1 }), { batchSize: 16 });
const { state: resume, refused } = await latestCheckpoint(directory);
if (refused.length > 0) throw new Error(`a checkpoint is broken: ${JSON.stringify(refused)}`);
const { history } = await fit({
  model,
  loss: crossEntropy,
  optimizer,
  schedule: new OneCycleLR(optimizer, { maxLr: 2e-2, totalSteps: 36 }),
  scheduleEvery: 'step',
  train,
  validation,
  epochs: 3,
  metrics: { accuracy: new Accuracy() },
  callbacks: [
    checkpoints({ directory, everySteps: 1, keep: 2 }),
    exponentialMovingAverage({ decay: 0.9 }),
    { onStep: ({ globalStep }) => void process.stdout.write(`step ${globalStep}\n`) },
  ],
  resume,
});
const figures = history.map(({ seconds: _, ...rest }) => rest);
const outcome = { weights: await weightsChecksum(model), figures, resumedAt: resume?.globalStep ?? 0 };
await writeFile(join(directory, 'outcome.json'), JSON.stringify(outcome));
