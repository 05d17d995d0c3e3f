import { Optimizer, type ParameterSource } from './optimizer.ts';
import { type AdadeltaHyper, type AdadeltaState, adadeltaRule } from './rules/adadelta-rule.ts';

/**
 * Adadelta: steps as long as the last ones were, in the units of the weights; equations at {@link adadeltaRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new Adadelta([weight], { rho: 0, eps: 9 });
 * optimizer.step(new Map([[weight, tensor([4, -4])]]));
 * await weight.data() // Float32Array [-1.4, 4.4]
 */
export class Adadelta extends Optimizer<AdadeltaHyper, AdadeltaState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @param options - defaults: `lr` 1, `rho` 0.9, `eps` 1e-6, `weightDecay` 0, `maximize` false
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<AdadeltaHyper>, options: Partial<AdadeltaHyper> = {}) {
    super(adadeltaRule, params, { lr: 1, rho: 0.9, eps: 1e-6, weightDecay: 0, maximize: false, ...options });
  }
}
