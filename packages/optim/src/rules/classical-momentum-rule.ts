import { add, mul, type Tensor } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { Hyper, UpdateRule } from '../update-rule.ts';

/** Hyperparameters of {@link classicalMomentumRule} and {@link twoTermMomentumRule}. */
export interface MomentumHyper extends Hyper {
  /** $\mu$: how much of the past is kept. */
  readonly momentum: number;
}

/** What {@link classicalMomentumRule} remembers. */
export interface ClassicalMomentumState extends Readonly<Record<string, Tensor>> {
  readonly velocity: Tensor;
}

/**
 * Momentum as Polyak wrote it, with the learning rate inside the velocity: $v \leftarrow \mu v - \eta g$,
 * $\theta \leftarrow \theta + v$. At a constant rate these are the steps of {@link sgdRule}, whose rate is outside; when the rate
 * changes, what is under way keeps the rate that it set off with.
 *
 * @example
 * const weight = new Parameter(tensor(1));
 * const optimizer = new Optimizer(classicalMomentumRule, [weight], { lr: 0.5, momentum: 0.5 });
 * for (let i = 0; i < 2; i++) optimizer.step(new Map([[weight, tensor(1)]]));
 * await weight.item() // -0.25
 * @see Polyak, 1964; Sutskever et al., 2013, eq. 1 and 2
 */
export const classicalMomentumRule: UpdateRule<MomentumHyper, ClassicalMomentumState> = {
  name: 'ClassicalMomentum',
  check: (hyper) => checkMomentum('ClassicalMomentum', hyper),
  update(value, grad, state, { lr, momentum }) {
    const push = mul(grad, -lr);
    const velocity = state === undefined ? push : add(mul(state.velocity, momentum), push);
    return { value: add(value, velocity), state: { velocity } };
  },
};

/**
 * Refuses a learning rate or momentum that is negative or no number.
 *
 * @throws {@link ArgumentError} naming it
 */
export function checkMomentum(op: string, { lr, momentum }: MomentumHyper): void {
  checkNotNegative(op, 'lr', lr);
  checkNotNegative(op, 'momentum', momentum);
}
