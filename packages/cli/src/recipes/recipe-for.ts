import type { Recipe } from './settings.ts';

const common: Recipe = {
  epochs: 10,
  batchSize: 64,
  lr: 1e-3,
  optimizer: 'adam',
  schedule: 'cosine',
  weightDecay: 0,
  labelSmoothing: 0,
  augment: 'none',
  clip: undefined,
  ema: undefined,
};

/**
 * What is trained how unless the command line says otherwise: by the model, by the dataset, or by both, `dataset/model`, which counts most.
 *
 * Moved images make a convolutional net better, as it has seen each digit in many places; an MLP and a perceptron have no way to share what they
 * learnt in one place with the next, and get worse.
 */
const recipes: Readonly<Record<string, Partial<Recipe>>> = {
  lenet: { epochs: 15, schedule: 'step', augment: 'affine' },
  mlp: { epochs: 10, schedule: 'step' },
  perceptron: { epochs: 6, lr: 1e-2, optimizer: 'sgd', schedule: 'step' },
  multiperceptron: { epochs: 6 },
  cifar_net: { epochs: 30, lr: 1.5e-3, augment: 'flip-crop' },
  resnet20: {
    epochs: 60,
    batchSize: 128,
    lr: 0.1,
    optimizer: 'nesterov',
    schedule: 'warmup-cosine',
    weightDecay: 5e-4,
    augment: 'flip-crop',
  },
  char_lstm: { epochs: 10, batchSize: 32, lr: 2e-3, clip: 1, length: 128, hidden: 256, layers: 1, dropout: 0.2 },
  moons: { epochs: 30, batchSize: 32, lr: 1e-2 },
  circles: { epochs: 30, batchSize: 32, lr: 1e-2 },
  spirals: { epochs: 100, batchSize: 32, lr: 1e-2 },
  xor: { epochs: 30, batchSize: 32, lr: 1e-2 },
  blobs: { epochs: 10, batchSize: 32, lr: 1e-2 },
  'three-classes': { epochs: 10, batchSize: 32, lr: 1e-2 },
};

/** The defaults for a model on a dataset. */
export function recipeFor(data: string, model: string): Recipe {
  return { ...common, ...recipes[model], ...recipes[data], ...recipes[`${data}/${model}`] };
}
