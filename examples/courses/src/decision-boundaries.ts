import { valueAndGrad } from '@dl/autograd';
import { crossEntropy, type Layer, Linear, perceptronLoss, Sequential, Tanh } from '@dl/layers';
import { Adam } from '@dl/optim';
import { argMax, Rng, sigmoid, type Tensor, tensor } from '@dl/tensor';
import { type Region, sample } from './field.ts';
import type { ToySet } from './toy-sets.ts';

/** From a threshold to hidden layers. */
export type ModelName = 'perceptron' | 'multiperceptron' | 'MLP';

interface Trainee {
  readonly make: (rng: Rng) => Layer;
  readonly loss: (scores: Tensor, labels: Tensor) => Tensor;
}

/** The networks of the lecture; all give two scores, `[n, 2]`. */
const models: Readonly<Record<ModelName, Trainee>> = {
  perceptron: { make: (rng) => new Linear(2, 2, { rng }), loss: perceptronLoss },
  multiperceptron: {
    make: (rng) => new Sequential(new Linear(2, 2, { rng }), new Tanh()),
    loss: crossEntropy,
  },
  MLP: {
    make: (rng) =>
      new Sequential(new Linear(2, 24, { rng }), new Tanh(), new Linear(24, 24, { rng }), new Tanh(), new Linear(24, 2, { rng })),
    loss: crossEntropy,
  },
};

/** The networks in the order of the lecture. */
export const modelNames: readonly ModelName[] = ['perceptron', 'multiperceptron', 'MLP'];

/** A network that has learnt a set. */
export interface Learnt {
  /** The share of the points that it puts into their class. */
  readonly accuracy: number;
  /** The softmax of its scores on the grid of a region: from 0, class 0 for sure, to 1. */
  classOne(region: Region): Promise<number[]>;
}

/** Trains a network on a toy set, all points a step. */
export async function learn(name: ModelName, { points, labels }: ToySet, steps = 250): Promise<Learnt> {
  const { make, loss } = models[name];
  const model = make(new Rng(3));
  const params = model.parameters();
  const optimizer = new Adam(params, { lr: 0.03 });
  const [x, y] = [tensor(points.map((place) => [...place])), tensor([...labels], { dtype: 'int32' })];
  for (let step = 0; step < steps; step++) {
    const { value, grads } = valueAndGrad(() => loss(model.forward(x), y), params);
    value.dispose();
    optimizer.step(grads);
  }
  const found = await argMax(model.forward(x), 1).data();
  return {
    accuracy: labels.filter((label, i) => Number(found[i]) === label).length / labels.length,
    // The softmax of two scores is the sigmoid of their difference.
    classOne: (region) =>
      sample(region, (places) =>
        sigmoid(
          model
            .forward(places)
            .matmul(tensor([[-1], [1]]))
            .squeeze(1),
        ),
      ),
  };
}
