import { defineRun } from '@dl/cli';
import { createDataset, DataLoader } from '@dl/data';
import { crossEntropy } from '@dl/layers';
import { mlp } from '@dl/models';
import { Adam } from '@dl/optim';
import { Accuracy } from '@dl/train';

export default defineRun(async ({ seed, rng }) => {
  const { train, validation, test, classNames } = await createDataset('moons', { seed });
  const model = mlp([2, 16, 2], { rng });
  return {
    model,
    loss: crossEntropy,
    optimizer: new Adam(model.parameters(), { lr: 1e-2 }),
    train: new DataLoader(train, { batchSize: 32, shuffle: true, seed }),
    validation: validation && new DataLoader(validation, { batchSize: 100 }),
    test: new DataLoader(test, { batchSize: 100 }),
    epochs: 4,
    metrics: { accuracy: new Accuracy() },
    classNames,
  };
});
