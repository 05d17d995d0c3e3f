import { Optimizer, type ParameterSource } from './optimizer.ts';
import type { MomentsHyper, MomentsState } from './rules/moments.ts';
import { radamRule } from './rules/radam-rule.ts';

/**
 * RAdam: Adam whose first steps are plain momentum, so that it needs no warm-up; equations at {@link radamRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new RAdam([weight], { lr: 0.5 });
 * optimizer.step(new Map([[weight, tensor([1, -1])]]));
 * await weight.data() // Float32Array [0.5, 2.5]
 */
export class RAdam extends Optimizer<MomentsHyper, MomentsState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @param options - defaults: `lr` 1e-3, `betas` [0.9, 0.999], `eps` 1e-8, `weightDecay` 0, `maximize` false
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<MomentsHyper>, options: Partial<MomentsHyper> = {}) {
    super(radamRule, params, { lr: 1e-3, betas: [0.9, 0.999], eps: 1e-8, weightDecay: 0, maximize: false, ...options });
  }
}
