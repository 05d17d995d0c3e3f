import { mul, sign, sub } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { Hyper, UpdateRule } from '../update-rule.ts';

/**
 * Sign descent, $\theta \leftarrow \theta - \eta \, \text{sign}(g)$: every weight is wiggled by the learning rate towards the lower side. It asks for
 * the direction of a slope only, which a finite difference gives, too.
 *
 * @example
 * const weight = new Parameter(tensor([1, 2]));
 * new Optimizer(signRule, [weight], { lr: 0.25 }).step(new Map([[weight, tensor([-9, 0.1])]]));
 * await weight.data() // Float32Array [1.25, 1.75]
 * @see Bernstein et al., signSGD, 2018
 */
export const signRule: UpdateRule<Hyper, Record<string, never>> = {
  name: 'SignSGD',
  check: ({ lr }) => checkNotNegative('SignSGD', 'lr', lr),
  update: (value, grad, _state, { lr }) => ({ value: sub(value, mul(sign(grad), lr)), state: {} }),
};
