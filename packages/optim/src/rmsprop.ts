import { Optimizer, type ParameterSource } from './optimizer.ts';
import { type RMSpropHyper, type RMSpropState, rmspropRule } from './rules/rmsprop-rule.ts';

/**
 * RMSprop: gradients divided by a running root mean square; equations at {@link rmspropRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new RMSprop([weight], { lr: 0.25, alpha: 0.75, eps: 0 });
 * optimizer.step(new Map([[weight, tensor([100, -0.01])]]));
 * await weight.data() // Float32Array [0.5, 2.5]
 */
export class RMSprop extends Optimizer<RMSpropHyper, RMSpropState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @param options - defaults: `lr` 1e-2, `alpha` 0.99, `eps` 1e-8, `weightDecay` 0, `momentum` 0, `centered` false,
   * `maximize` false
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<RMSpropHyper>, options: Partial<RMSpropHyper> = {}) {
    super(rmspropRule, params, {
      lr: 1e-2,
      alpha: 0.99,
      eps: 1e-8,
      weightDecay: 0,
      momentum: 0,
      centered: false,
      maximize: false,
      ...options,
    });
  }
}
