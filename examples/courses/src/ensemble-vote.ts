import { valueAndGrad } from '@dl/autograd';
import { crossEntropy, Linear, Sequential, Tanh } from '@dl/layers';
import { Adam } from '@dl/optim';
import { argMax, Rng, tensor } from '@dl/tensor';
import { type ToySet, toySet } from './toy-sets.ts';

/** How networks do on points that they have not seen, each alone and all by vote. */
export interface Vote {
  readonly alone: readonly number[];
  readonly together: number;
}

/** Trains one small network on the spirals from several random starts, and lets them vote. A tenth of the training labels is wrong. */
export async function ensembleVote(starts = 5): Promise<Vote> {
  const train = toySet('spirals', 160, 1);
  const labels = train.labels.map((label, i) => (i % 10 === 3 ? 1 - label : label));
  const test = toySet('spirals', 400, 2);
  const votes = await Promise.all(Array.from({ length: starts }, (_, seed) => predictions({ ...train, labels }, test, seed)));
  const majority = test.points.map((_, i) => (votes.filter((vote) => vote[i] === 1).length > starts / 2 ? 1 : 0));
  const accuracy = (found: readonly number[]): number =>
    found.filter((label, i) => label === test.labels[i]).length / test.points.length;
  return { alone: votes.map(accuracy), together: accuracy(majority) };
}

async function predictions(
  train: Pick<ToySet, 'points'> & { labels: readonly number[] },
  test: ToySet,
  seed: number,
): Promise<number[]> {
  const rng = new Rng(seed);
  const model = new Sequential(
    new Linear(2, 24, { rng }),
    new Tanh(),
    new Linear(24, 24, { rng }),
    new Tanh(),
    new Linear(24, 2, { rng }),
  );
  const params = model.parameters();
  const optimizer = new Adam(params, { lr: 0.03 });
  const x = tensor(train.points.map((place) => [...place]));
  const y = tensor([...train.labels], { dtype: 'int32' });
  for (let step = 0; step < 200; step++) {
    optimizer.step(valueAndGrad(() => crossEntropy(model.forward(x), y), params).grads);
  }
  return Array.from(await argMax(model.forward(tensor(test.points.map((place) => [...place]))), 1).data(), Number);
}
