import { Flatten, Linear, Sequential, Step } from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** Options of {@link thresholdLogicUnit}. */
export interface ThresholdLogicUnitOptions {
  /** How many beside each other, one for each class against all others. Default 1. */
  readonly units?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * Threshold logic unit, $y = 1$ where $w \cdot x + b > 0$, else 0: a perceptron that says yes or no. With several units, more than one may say yes:
 * the scores before the step, or their tanh, tell which says it louder.
 *
 * The step has gradient 0: learn with {@link perceptron} and `perceptronLoss`, whose state dict fits.
 *
 * @returns a model from `[n, ...]` with `inFeatures` numbers each to `[n, units]` of 0 and 1
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @example
 * thresholdLogicUnit(400).forward(zeros([2, 1, 20, 20])).shape // [2, 1]
 * @see McCulloch & Pitts, A logical calculus of the ideas immanent in nervous activity, 1943
 */
export function thresholdLogicUnit(inFeatures: number, { units = 1, rng }: ThresholdLogicUnitOptions = {}): Sequential {
  return new Sequential({ flatten: new Flatten(), linear: new Linear(inFeatures, units, { rng }), step: new Step() });
}
