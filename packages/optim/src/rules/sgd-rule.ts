import { ArgumentError } from '@dl/kernels';
import { add, fuse, mul, neg, sub, type Tensor } from '@dl/tensor';
import { checkNotNegative } from '../check-hyper.ts';
import type { Updated, UpdateRule } from '../update-rule.ts';
import { checkDescent, type DescentHyper, descentOf } from './descent.ts';

/** Hyperparameters of {@link sgdRule}. */
export interface SGDHyper extends DescentHyper {
  /** $\mu$: how much of the last direction is kept. */
  readonly momentum: number;
  /** $\tau$: how much of the gradient the momentum buffer leaves out. */
  readonly dampening: number;
  /** Whether to step along the momentum as it will be after the step. */
  readonly nesterov: boolean;
}

/** What {@link sgdRule} remembers: nothing without momentum. */
export interface SGDState extends Readonly<Record<string, Tensor | undefined>> {
  readonly momentumBuffer?: Tensor;
}

/**
 * Stochastic gradient descent with momentum: $g \leftarrow g + \lambda \theta$, $b \leftarrow \mu b + (1 - \tau) g$ (the first time
 * $b \leftarrow g$), $\theta \leftarrow \theta - \eta b$, or $\theta \leftarrow \theta - \eta (g + \mu b)$ after Nesterov; PyTorch's form,
 * with the learning rate outside the momentum.
 *
 * @see Sutskever et al., 2013
 */
export const sgdRule: UpdateRule<SGDHyper, SGDState> = {
  name: 'SGD',
  check(hyper) {
    const { momentum, dampening, nesterov } = hyper;
    checkDescent('SGD', hyper);
    checkNotNegative('SGD', 'momentum', momentum);
    if (nesterov && !(momentum > 0 && dampening === 0)) {
      throw new ArgumentError('SGD', `nesterov must have momentum > 0 and dampening 0, got ${momentum} and ${dampening}`);
    }
  },
  update(value, grad, state, hyper) {
    const fused = fusedStep(value, grad, state?.momentumBuffer, hyper);
    if (fused !== undefined) return fused;
    const { lr, momentum, dampening, nesterov } = hyper;
    const slope = descentOf(value, grad, hyper);
    if (momentum === 0) return { value: sub(value, mul(slope, lr)), state: {} };
    const last = state?.momentumBuffer;
    const momentumBuffer = last === undefined ? slope : add(mul(last, momentum), scaled(slope, 1 - dampening));
    const direction = nesterov ? add(slope, mul(momentumBuffer, momentum)) : momentumBuffer;
    return { value: sub(value, mul(direction, lr)), state: { momentumBuffer } };
  },
};

/** The step as one kernel, where the backend has it. With momentum it takes a buffer, which there is from the second step on. */
function fusedStep(value: Tensor, grad: Tensor, buffer: Tensor | undefined, hyper: SGDHyper): Updated<SGDState> | undefined {
  const { lr, momentum, dampening, weightDecay: penalty, nesterov } = hyper;
  const attrs = { lr, momentum, dampening, penalty, nesterov };
  const slope = hyper.maximize ? neg(grad) : grad;
  if (momentum === 0) {
    const next = fuse('sgdStep', [value, slope], attrs, [value]);
    return next && { value: next[0], state: {} };
  }
  if (buffer === undefined) return undefined;
  const next = fuse('sgdStep', [value, slope, buffer], attrs, [value, value]);
  return next && { value: next[0], state: { momentumBuffer: next[1] } };
}

function scaled(x: Tensor, factor: number): Tensor {
  return factor === 1 ? x : mul(x, factor);
}
