import { valueAndGrad } from '@dl/autograd';
import { crossEntropy, Linear } from '@dl/layers';
import { Adam } from '@dl/optim';
import { argMax, Rng, tensor } from '@dl/tensor';
import type { Place } from './plot.ts';
import type { ToySet } from './toy-sets.ts';

/** Features of a point: itself, or itself and its squared distance from the middle. */
export const features: Readonly<Record<'x, y' | 'x, y, r²', (place: Place) => number[]>> = {
  'x, y': (place) => [...place],
  'x, y, r²': ([x, y]) => [x, y, x * x + y * y],
};

/** The share of a set that a linear classifier puts into its class, by the features it sees: the right feature makes rings separable. */
export async function linearAccuracy({ points, labels }: ToySet, seen: keyof typeof features): Promise<number> {
  const x = tensor(points.map(features[seen]));
  const y = tensor([...labels], { dtype: 'int32' });
  const model = new Linear(x.shape[1], 2, { rng: new Rng(1) });
  const params = model.parameters();
  const optimizer = new Adam(params, { lr: 0.1 });
  for (let step = 0; step < 200; step++) optimizer.step(valueAndGrad(() => crossEntropy(model.forward(x), y), params).grads);
  const found = await argMax(model.forward(x), 1).data();
  return labels.filter((label, i) => Number(found[i]) === label).length / labels.length;
}
