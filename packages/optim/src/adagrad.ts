import { Optimizer, type ParameterSource } from './optimizer.ts';
import { type AdagradHyper, type AdagradState, adagradRule } from './rules/adagrad-rule.ts';

/**
 * Adagrad: every weight's rate falls with the squares of its gradients so far; equations at {@link adagradRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new Adagrad([weight], { lr: 0.5 });
 * optimizer.step(new Map([[weight, tensor([100, -0.01])]]));
 * await weight.data() // Float32Array [0.5, 2.5]
 */
export class Adagrad extends Optimizer<AdagradHyper, AdagradState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @param options - defaults: `lr` 1e-2, `lrDecay` 0, `weightDecay` 0, `initialAccumulatorValue` 0, `eps` 1e-10, `maximize` false
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<AdagradHyper>, options: Partial<AdagradHyper> = {}) {
    super(adagradRule, params, {
      lr: 1e-2,
      lrDecay: 0,
      weightDecay: 0,
      initialAccumulatorValue: 0,
      eps: 1e-10,
      maximize: false,
      ...options,
    });
  }
}
