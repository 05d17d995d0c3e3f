import type { Backend } from '@dl/kernels';
import { lenet5, mlp, resnet20 } from '@dl/models';
import type { Bench } from '../../bench.ts';
import type { Entrant } from '../../contestant.ts';
import type { Batch } from './batch.ts';
import { characterBatch } from './character-batch.ts';
import { CharacterModel } from './character-model.ts';
import { epochs } from './epochs.ts';
import { imageBatch } from './image-batch.ts';
import { jaxLenet5 } from './jax-training.ts';
import { type Classifier, ownTraining } from './own-training.ts';
import { type StartingValue, startingValues } from './starting-values.ts';
import { tfjsLenet5, tfjsMlp } from './tfjs-training.ts';

/** Steps of training on one batch: losses of the first three are held against the peers'. */
interface Training {
  readonly work: string;
  /** What `train` of pytorch.py calls it. */
  readonly name: string;
  readonly batch: number;
  readonly data: (backend: Backend, batch: number) => Batch;
  readonly model: () => Classifier;
  /** The greatest distance between two right results. Losses that hardly move in three steps need a small one to tell anything. */
  readonly tolerance: number;
  readonly entrants: (threads: number, batch: number, start: readonly StartingValue[]) => Entrant[];
}

const trainings: readonly Training[] = [
  {
    work: 'MLP 784-64-10 step, b64, Adam',
    name: 'mlp',
    batch: 64,
    data: (backend, batch) => imageBatch(backend, [batch, 1, 28, 28]),
    model: () => mlp([784, 64, 10]),
    tolerance: 1e-5,
    entrants: (...args) => [tfjsMlp('wasm', ...args)],
  },
  {
    work: 'LeNet-5 step, b64, Adam',
    name: 'lenet5',
    batch: 64,
    data: (backend, batch) => imageBatch(backend, [batch, 1, 28, 28]),
    model: lenet5,
    tolerance: 1e-5,
    entrants: (...args) => [tfjsLenet5('wasm', ...args), tfjsLenet5('cpu', ...args), jaxLenet5('wasm', ...args)],
  },
  {
    work: 'ResNet-20 step, 32×32, b64, Adam',
    name: 'resnet20',
    batch: 64,
    data: (backend, batch) => imageBatch(backend, [batch, 3, 32, 32]),
    model: resnet20,
    // Adam's first steps have the size of the rate however small a gradient is, so that rounding decides some signs: after three of them
    // PyTorch in float32 is 0.0025 from PyTorch in float64, we are 0.0019. A momentum of 0.11 in place of 0.1 makes 0.07.
    tolerance: 5e-3,
    entrants: () => [absent('tfjs-wasm', 'it cannot train a convolution, as LeNet-5 shows')],
  },
  {
    work: 'LSTM 65→128 step, T 64, b32, Adam',
    name: 'lstm',
    batch: 32,
    data: (backend, batch) => characterBatch(backend, 64, batch),
    model: () => new CharacterModel(),
    tolerance: 1e-5,
    entrants: () => [],
  },
];

/** Training: steps of forward, backward and update, and a whole epoch. */
export async function train(bench: Bench): Promise<void> {
  for (const { work, name, batch, data, model, tolerance, entrants } of trainings) {
    await bench.compare({
      work,
      ours: (backend) => ownTraining(backend, model, (on) => data(on, batch)),
      entrants: [bench.pytorch.entrant('train', name, batch), ...entrants(bench.threads, batch, startingValues(model()))],
      tolerance,
    });
  }
  await epochs(bench);
}

/** Somebody who is known not to be able to do a work: for the list of those left out. */
function absent(name: string, why: string): Entrant {
  return {
    name,
    enter: () => {
      throw new Error(why);
    },
  };
}
