import { runScope, type Tensor, withRecorder } from '@dl/tensor';
import { checkSources, Tape } from './tape.ts';

/** What {@link vjp} returns. */
export interface Vjp {
  /** $f(x_1, x_2, \dots)$. */
  readonly value: Tensor;
  /** $v^\top \partial f / \partial x_i$, one an argument, of its shape. */
  readonly grads: readonly Tensor[];
}

/**
 * Vector–Jacobian products $v^\top J$ by reverse mode, without forming the Jacobian: one backward pass for all arguments.
 *
 * @param fn - any function of tensors, with an output of any shape
 * @param xs - its arguments
 * @param v - shaped as the output
 * @throws {@link ShapeError} when `v` has another shape than the output
 * @throws {@link DTypeError} when an argument or the value is not float
 * @example
 * const { grads } = vjp((x: Tensor) => x.mul(x), [tensor([1, 2, 3])], tensor([1, 0, 1]));
 * await grads[0].data() // Float32Array [2, 0, 6]
 */
export function vjp(fn: (...xs: Tensor[]) => Tensor, xs: readonly Tensor[], v: Tensor): Vjp {
  checkSources('vjp', xs);
  return runScope('vjp', () => {
    const tape = new Tape(xs);
    const value = withRecorder(tape, () => fn(...xs));
    checkSources('vjp', [value]);
    return { value, grads: tape.consume(value, v, xs) };
  });
}
