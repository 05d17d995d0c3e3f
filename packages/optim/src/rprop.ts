import { Optimizer, type ParameterSource } from './optimizer.ts';
import { type RpropHyper, type RpropState, rpropRule } from './rules/rprop-rule.ts';

/**
 * Rprop: step sizes that grow while a gradient keeps its sign; equations at {@link rpropRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new Rprop([weight], { lr: 0.5 });
 * optimizer.step(new Map([[weight, tensor([100, -0.01])]]));
 * await weight.data() // Float32Array [0.5, 2.5]
 */
export class Rprop extends Optimizer<RpropHyper, RpropState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @param options - defaults: `lr` 1e-2 (the first step size), `etas` [0.5, 1.2], `stepSizes` [1e-6, 50], `maximize` false
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<RpropHyper>, options: Partial<RpropHyper> = {}) {
    super(rpropRule, params, { lr: 1e-2, etas: [0.5, 1.2], stepSizes: [1e-6, 50], maximize: false, ...options });
  }
}
