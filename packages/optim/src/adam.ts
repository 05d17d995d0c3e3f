import { Optimizer, type ParameterSource } from './optimizer.ts';
import { type AdamHyper, type AdamState, adamRule } from './rules/adam-rule.ts';

/**
 * Adam: every weight has a step of its own, about the learning rate long; equations at {@link adamRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new Adam([weight], { lr: 0.5, eps: 0 });
 * optimizer.step(new Map([[weight, tensor([100, -0.01])]]));
 * await weight.data() // Float32Array [0.5, 2.5]
 */
export class Adam extends Optimizer<AdamHyper, AdamState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @param options - defaults: `lr` 1e-3, `betas` [0.9, 0.999], `eps` 1e-8, `weightDecay` 0, `amsgrad` false, `maximize` false
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<AdamHyper>, options: Partial<AdamHyper> = {}) {
    super(adamRule, params, {
      lr: 1e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0,
      amsgrad: false,
      maximize: false,
      ...options,
    });
  }
}
