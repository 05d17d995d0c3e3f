import { Optimizer, type ParameterSource } from './optimizer.ts';
import { type SGDHyper, type SGDState, sgdRule } from './rules/sgd-rule.ts';

/** Options of {@link SGD}: a learning rate; momentum, dampening and weight decay are 0, Nesterov and `maximize` off unless said. */
export type SGDOptions = Pick<SGDHyper, 'lr'> & Partial<SGDHyper>;

/**
 * Stochastic gradient descent, with momentum, Nesterov's variant and weight decay; equations and PyTorch's conventions at {@link sgdRule}.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * const optimizer = new SGD([weight], { lr: 0.5 });
 * optimizer.step(new Map([[weight, tensor([1, -1])]]));
 * await weight.data() // Float32Array [0.5, 2.5]
 */
export class SGD extends Optimizer<SGDHyper, SGDState> {
  /**
   * @param params - parameters, or groups of them with options of their own
   * @throws {@link ArgumentError} for an option outside its domain
   */
  constructor(params: ParameterSource<SGDHyper>, options: SGDOptions) {
    super(sgdRule, params, { momentum: 0, dampening: 0, weightDecay: 0, nesterov: false, maximize: false, ...options });
  }
}
