import { Optimizer, type ParameterSource } from './optimizer.ts';
import type { AdamHyper, AdamState } from './rules/adam-rule.ts';
import { adamWRule } from './rules/adamw-rule.ts';

/**
 * Adam with decoupled weight decay; equations at {@link adamWRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new AdamW([weight], { lr: 0.5, weightDecay: 0.5 });
 * optimizer.step(new Map([[weight, tensor([0, 0])]]));
 * await weight.data() // Float32Array [0.75, 1.5]
 */
export class AdamW extends Optimizer<AdamHyper, AdamState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @param options - defaults: `lr` 1e-3, `betas` [0.9, 0.999], `eps` 1e-8, `weightDecay` 0.01, `amsgrad` false, `maximize` false
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<AdamHyper>, options: Partial<AdamHyper> = {}) {
    super(adamWRule, params, {
      lr: 1e-3,
      betas: [0.9, 0.999],
      eps: 1e-8,
      weightDecay: 0.01,
      amsgrad: false,
      maximize: false,
      ...options,
    });
  }
}
