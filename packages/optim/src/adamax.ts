import { Optimizer, type ParameterSource } from './optimizer.ts';
import { type AdamaxState, adamaxRule } from './rules/adamax-rule.ts';
import type { MomentsHyper } from './rules/moments.ts';

/**
 * Adamax: Adam with the largest gradient of late in place of the root mean square; equations at {@link adamaxRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new Adamax([weight], { lr: 0.5 });
 * optimizer.step(new Map([[weight, tensor([100, -0.01])]]));
 * await weight.data() // Float32Array [0.5, 2.5]
 */
export class Adamax extends Optimizer<MomentsHyper, AdamaxState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @param options - defaults: `lr` 2e-3, `betas` [0.9, 0.999], `eps` 1e-8, `weightDecay` 0, `maximize` false
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<MomentsHyper>, options: Partial<MomentsHyper> = {}) {
    super(adamaxRule, params, { lr: 2e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, maximize: false, ...options });
  }
}
