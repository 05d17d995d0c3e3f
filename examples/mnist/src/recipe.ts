import { crossEntropy, type Layer, perceptronLoss } from '@dl/layers';
import { createModel } from '@dl/models';
import { Adam, LRScheduler, SGD, stepDecay } from '@dl/optim';
import { manualSeed, type Parameter } from '@dl/tensor';
import type { Loss, Stepper } from '@dl/train';
import type { DigitModel, Options } from './options.ts';

/** Everything that is trained, and with what. */
export interface Recipe {
  /** What the model is called in headlines. */
  readonly title: string;
  readonly model: Layer;
  readonly loss: Loss;
  readonly optimizer: Stepper;
  readonly schedule: LRScheduler;
  /** By how many pixels training images are moved at most. */
  readonly reach: number;
  /** How it is trained, in words. */
  readonly words: string;
}

interface Style {
  readonly title: string;
  readonly loss: Loss;
  readonly optimizer: (params: readonly Parameter[], lr: number) => SGD | Adam;
  readonly reach: number;
  readonly words: string;
}

const adam = (params: readonly Parameter[], lr: number): Adam => new Adam(params, { lr });
const sgd = (params: readonly Parameter[], lr: number): SGD => new SGD(params, { lr });

// Moved images make the convolutional net better, as it has seen each digit in many places; the other two have no way to share what they
// learnt in one place with the next, and get worse.
const styles: { readonly [N in DigitModel]: Style } = {
  lenet: { title: 'LeNet-5', loss: crossEntropy, optimizer: adam, reach: 2, words: 'cross-entropy, Adam' },
  mlp: { title: 'Multi-layer perceptron', loss: crossEntropy, optimizer: adam, reach: 0, words: 'cross-entropy, Adam' },
  perceptron: { title: 'Perceptron', loss: perceptronLoss, optimizer: sgd, reach: 0, words: 'perceptron criterion, SGD' },
};

/** The model with its first weights, which depend on the seed alone, and how it is trained. */
export function makeRecipe({ model: name, lr, epochs, seed }: Options): Recipe {
  const { title, loss, optimizer: make, reach, words } = styles[name];
  manualSeed(seed);
  const model = createModel(name);
  const optimizer = make(model.parameters(), lr);
  // Two drops on the way, whatever the number of epochs: the last steps are small, where the loss is flat.
  const stepSize = Math.max(1, Math.ceil(epochs / 3));
  const schedule = new LRScheduler(optimizer, stepDecay({ stepSize, gamma: 0.25 }));
  const every = stepSize === 1 ? 'epoch' : `${stepSize} epochs`;
  const moved = reach === 0 ? '' : `, images moved by up to ${reach} pixels`;
  return {
    title,
    model,
    loss,
    optimizer,
    schedule,
    reach,
    words: `${words} at ${lr}, a quarter of it after every ${every}${moved}`,
  };
}
