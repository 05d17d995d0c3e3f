import type { NoAttrs } from '@dl/kernels';
import type { Rule } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { equal } from '../comparison/equal.ts';
import { where } from '../comparison/where.ts';
import { mul } from './mul.ts';

/** The partial derivatives of a maximum or minimum: 0 to the operand that `loses`, and half to each where they tie, as in PyTorch. */
export function splitTies(loses: (a: Tensor, b: Tensor) => Tensor): readonly [Rule<NoAttrs>, Rule<NoAttrs>] {
  const share = (grad: Tensor, mine: Tensor, other: Tensor): Tensor =>
    where(loses(mine, other), 0, where(equal(mine, other), mul(grad, 0.5), grad));
  return [(grad, { inputs: [a, b] }) => share(grad, a, b), (grad, { inputs: [a, b] }) => share(grad, b, a)];
}
