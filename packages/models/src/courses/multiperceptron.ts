import { Flatten, Linear, Sequential, Tanh } from '@dl/layers';
import type { PerceptronOptions } from '../perceptron.ts';

/**
 * One perceptron a class with tanh for a step: the loudest wins, which resolves what two steps of 1 leave open. Train it with `crossEntropy`, which
 * puts the softmax after it.
 *
 * @returns a model from `[n, ...]` with `inFeatures` numbers each to scores `[n, classes]` in (-1, 1)
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @example
 * multiperceptron(784, 10).forward(zeros([2, 1, 28, 28])).shape // [2, 10]
 */
export function multiperceptron(inFeatures: number, classes: number, { rng }: PerceptronOptions = {}): Sequential {
  return new Sequential({ flatten: new Flatten(), linear: new Linear(inFeatures, classes, { rng }), tanh: new Tanh() });
}
