import { createDataset, datasetNames, type NamedDataset } from '@dl/data';
import { fit } from '@dl/train';
import { describe, expect, it } from 'vitest';
import { augmentationNames } from '../src/recipes/augmentations.ts';
import { defaultModel, trainableNames } from '../src/recipes/make-model.ts';
import { optimizerNames } from '../src/recipes/optimizers.ts';
import { recipeFor } from '../src/recipes/recipe-for.ts';
import { scheduleNames } from '../src/recipes/schedules.ts';
import type { RunSettings } from '../src/recipes/settings.ts';
import { prepare } from '../src/run/prepare.ts';

const settingsFor = (data: string, model: string): RunSettings => ({
  ...recipeFor(data, model),
  data,
  model,
  validation: 0.1,
  accumulate: 1,
  seed: 1,
  backend: 'wasm',
  epochs: 2,
});

/** Trains for two epochs, and gives the loss of the last one. */
async function lossAfter(changes: Partial<RunSettings>, dataset: NamedDataset, model: string): Promise<number> {
  const { definition, rng } = prepare({ ...settingsFor(dataset.name, model), batchSize: 16, ...changes }, dataset);
  const { history } = await fit({ ...definition, rng });
  return history[1].train.loss;
}

describe('what the command line names', () => {
  it.each(optimizerNames)('the optimiser %s learns', async (optimizer) => {
    const points = await createDataset('three-classes', { limit: 200 });
    expect(await lossAfter({ optimizer, lr: 0.02 }, points, 'mlp')).toBeLessThan(1);
  });

  it.each(scheduleNames)('the schedule %s lasts as long as the training', async (schedule) => {
    const points = await createDataset('three-classes', { limit: 200 });
    expect(await lossAfter({ schedule, lr: 0.02 }, points, 'mlp')).toBeLessThan(1);
    expect(await lossAfter({ schedule, lr: 0.02, accumulate: 3 }, points, 'mlp')).toBeLessThan(1.2);
  });

  it.each(augmentationNames)('the augmentation %s changes images, or not', async (augment) => {
    const digits = await createDataset('digits', { limit: 40 });
    const first = async (name: typeof augment): Promise<Float32Array> => {
      const { definition } = prepare({ ...settingsFor('digits', 'mlp'), augment: name }, digits);
      for await (const { x } of definition.train) return Float32Array.from(await x.data());
      return new Float32Array();
    };
    const [plain, changed] = [await first('none'), await first(augment)];
    expect(changed.length).toBe(plain.length);
    expect(changed.every((value, i) => value === plain[i])).toBe(augment === 'none');
  });

  it('every dataset has a model, and settings without a gap', () => {
    const shapes = { images: [3, 32, 32], points: [2], table: [4], text: [128] } as const;
    for (const [kind, inputShape] of Object.entries(shapes) as [keyof typeof shapes, readonly number[]][]) {
      expect(trainableNames).toContain(defaultModel({ kind, inputShape }));
    }
    for (const data of datasetNames) {
      for (const model of trainableNames) {
        const { epochs, lr, optimizer, schedule, augment } = recipeFor(data, model);
        expect([epochs > 0, lr > 0]).toEqual([true, true]);
        expect(optimizerNames).toContain(optimizer);
        expect(scheduleNames).toContain(schedule);
        expect(augmentationNames).toContain(augment);
      }
    }
  });

  it('what is of both a dataset and a model counts more than what is of one', () => {
    expect(recipeFor('mnist', 'mlp').augment).toBe('none');
    expect(recipeFor('mnist', 'lenet').augment).not.toBe('none');
    expect(recipeFor('spirals', 'mlp').epochs).toBe(100);
  });
});
