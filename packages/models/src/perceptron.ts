import { Flatten, Linear, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** Options of {@link perceptron}. */
export interface PerceptronOptions {
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * One linear layer: a score for each class. Train it with {@link perceptronLoss} for Rosenblatt's rule, with {@link crossEntropy} for
 * logistic regression.
 *
 * @returns a model from `[n, ...]` with `inFeatures` numbers each to scores `[n, classes]`
 * @example
 * perceptron(784, 10).forward(zeros([2, 1, 28, 28])).shape // [2, 10]
 * @see Rosenblatt, The perceptron: a probabilistic model for information storage and organization in the brain, 1958
 */
export function perceptron(inFeatures: number, classes: number, { rng }: PerceptronOptions = {}): Sequential {
  return new Sequential({ flatten: new Flatten(), linear: new Linear(inFeatures, classes, { rng }) });
}
