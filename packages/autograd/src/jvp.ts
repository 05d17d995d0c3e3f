import { formatShape, GradientError, isFloat, ShapeError, sameShape } from '@dl/kernels';
import {
  add,
  type OpRules,
  type Recorder,
  type Rule,
  type RuleContext,
  ruleFor,
  runScope,
  type Tensor,
  withRecorder,
  zerosLike,
} from '@dl/tensor';
import { checkSources } from './tape.ts';

/** Carries tangents along with the values, op by op: forward-mode accumulation. */
class TangentRecorder implements Recorder {
  readonly #tangents: Map<Tensor, Tensor>;

  constructor(tangents: Iterable<readonly [Tensor, Tensor]>) {
    this.#tangents = new Map(tangents);
  }

  tangentOf(x: Tensor): Tensor | undefined {
    return this.#tangents.get(x);
  }

  record<A>(op: OpRules<A>, inputs: readonly Tensor[], output: Tensor, attrs: A, others: readonly Tensor[]): void {
    if (!isFloat(output.dtype) || !inputs.some((input) => this.#tangents.has(input))) return;
    if (op.jvp === undefined) {
      throw new GradientError(
        op.name,
        'must have a jvp rule for forward mode, got none: add one or wrap its input in stopGradient()',
      );
    }
    const context: RuleContext<A> = { inputs, output, attrs, others };
    const arrived = inputs.map((input) => this.#tangents.get(input));
    const found = typeof op.jvp === 'function' ? op.jvp(arrived, context) : [sumOfShares(op.jvp, arrived, context)];
    [output, ...others].forEach((made, i) => {
      const tangent = found[i];
      if (tangent !== undefined) this.#tangents.set(made, tangent);
    });
  }
}

function sumOfShares<A>(
  rules: readonly (Rule<A> | null)[],
  tangents: readonly (Tensor | undefined)[],
  context: RuleContext<A>,
): Tensor | undefined {
  let total: Tensor | undefined;
  tangents.forEach((tangent, i) => {
    const share = tangent && ruleFor(rules, i)?.(tangent, context, i);
    if (share) total = total === undefined ? share : add(total, share);
  });
  return total;
}

/** What {@link jvp} returns. */
export interface Jvp {
  /** $f(x_1, x_2, \dots)$. */
  readonly value: Tensor;
  /** $\sum_i \partial f / \partial x_i \, v_i$, shaped as the value. */
  readonly tangent: Tensor;
}

/**
 * Jacobian–vector product $J v$ by forward mode: value and directional derivative in one forward pass, no tape.
 *
 * @param fn - any function of tensors, with an output of any shape
 * @param xs - its arguments
 * @param vs - a direction for each argument, of its shape
 * @throws {@link ShapeError} when a direction has another shape than its argument, or their number differs
 * @throws {@link GradientError} for an op without a jvp rule
 * @example
 * const { value, tangent } = jvp((x: Tensor) => x.mul(x), [tensor([1, 2, 3])], [tensor([1, 0, 10])]);
 * await value.data() // Float32Array [1, 4, 9]
 * await tangent.data() // Float32Array [2, 0, 60]
 */
export function jvp(fn: (...xs: Tensor[]) => Tensor, xs: readonly Tensor[], vs: readonly Tensor[]): Jvp {
  checkSources('jvp', xs);
  if (xs.length !== vs.length)
    throw new ShapeError('jvp', `there must be one direction an argument, got ${vs.length} for ${xs.length}`);
  xs.forEach((x, i) => {
    if (!sameShape(x.shape, vs[i].shape)) {
      throw new ShapeError(
        'jvp',
        `direction ${i} must have its argument's shape ${formatShape(x.shape)}, got ${formatShape(vs[i].shape)}`,
      );
    }
  });
  return runScope('jvp', () => {
    const recorder = new TangentRecorder(xs.map((x, i) => [x, vs[i]]));
    const value = withRecorder(recorder, () => fn(...xs));
    return { value, tangent: recorder.tangentOf(value) ?? zerosLike(value) };
  });
}
