import { lenet5, mlp } from '@dl/models';
import { stepsRead } from '../../contestant.ts';
import { imageBatch } from '../train/image-batch.ts';
import { jaxLenet5, jaxMlp } from '../train/jax-training.ts';
import { ownTraining } from '../train/own-training.ts';
import { startingValues } from '../train/starting-values.ts';
import { tfjsLenet5, tfjsMlp } from '../train/tfjs-training.ts';
import type { GpuBench } from './gpu-bench.ts';

const batch = 64;

const trainings = [
  { work: 'MLP 784-64-10 step, b64, Adam', model: () => mlp([784, 64, 10]), tfjs: tfjsMlp, jax: jaxMlp },
  { work: 'LeNet-5 step, b64, Adam', model: lenet5, tfjs: tfjsLenet5, jax: jaxLenet5 },
] as const;

/** Steps of training on one batch, each with its loss read back: the losses of the first three are held against the judge's. */
export async function training(bench: GpuBench): Promise<void> {
  for (const { work, model, tfjs, jax } of trainings) {
    const start = startingValues(model());
    await bench.compare({
      work,
      ours: (backend) => ownTraining(backend, model, (on) => imageBatch(on, [batch, 1, 28, 28]), stepsRead),
      entrants: [tfjs('webgl', 1, batch, start), tfjs('webgpu', 1, batch, start), jax('webgpu', 1, batch, start)],
      tolerance: 1e-5,
    });
  }
}
