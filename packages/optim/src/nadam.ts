import { Optimizer, type ParameterSource } from './optimizer.ts';
import { type NAdamHyper, type NAdamState, nadamRule } from './rules/nadam-rule.ts';

/**
 * NAdam: Adam that looks ahead along its momentum, after Nesterov; equations at {@link nadamRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new NAdam([weight], { lr: 0.5, betas: [0, 0.999] });
 * optimizer.step(new Map([[weight, tensor([100, -0.01])]]));
 * await weight.data() // Float32Array [0.5, 2.5]
 */
export class NAdam extends Optimizer<NAdamHyper, NAdamState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @param options - defaults: `lr` 2e-3, `betas` [0.9, 0.999], `eps` 1e-8, `weightDecay` 0, `momentumDecay` 4e-3,
   * `maximize` false
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<NAdamHyper>, options: Partial<NAdamHyper> = {}) {
    super(nadamRule, params, {
      lr: 2e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      momentumDecay: 4e-3,
      maximize: false,
      ...options,
    });
  }
}
