import { lenet5, mlp } from '@dl/models';
import type { Bench } from '../../bench.ts';
import type { Entrant } from '../../contestant.ts';
import { jaxLenet5 } from './jax-training.ts';
import { type Classifier, ownTraining } from './own-training.ts';
import { type StartingValue, startingValues } from './starting-values.ts';
import { tfjsLenet5, tfjsMlp } from './tfjs-training.ts';

/** Steps of training on one batch: losses of the first three are held against the peers'. */
interface Training {
  readonly work: string;
  /** What `train` of pytorch.py calls it. */
  readonly name: string;
  readonly images: readonly number[];
  readonly model: () => Classifier;
  readonly entrants: (threads: number, batch: number, start: readonly StartingValue[]) => Entrant[];
}

const trainings: readonly Training[] = [
  {
    work: 'MLP 784-64-10 step, b64, Adam',
    name: 'mlp',
    images: [64, 1, 28, 28],
    model: () => mlp([784, 64, 10]),
    entrants: (...args) => [tfjsMlp('wasm', ...args)],
  },
  {
    work: 'LeNet-5 step, b64, Adam',
    name: 'lenet5',
    images: [64, 1, 28, 28],
    model: lenet5,
    entrants: (...args) => [tfjsLenet5('wasm', ...args), tfjsLenet5('cpu', ...args), jaxLenet5(...args)],
  },
];

/** Training steps: forward, backward and update. */
export async function train(bench: Bench): Promise<void> {
  for (const { work, name, images, model, entrants } of trainings) {
    const [batch] = images;
    await bench.compare({
      work,
      ours: (backend) => ownTraining(backend, model, images),
      entrants: [bench.pytorch.entrant('train', name, batch), ...entrants(bench.threads, batch, startingValues(model()))],
    });
  }
}
