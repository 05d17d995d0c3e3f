import { onesLike, runScope, type Tensor, withRecorder } from '@dl/tensor';
import { checkScalar, checkSources, Tape } from './tape.ts';

/** What {@link valueAndGrad} returns. */
export interface ValueAndGrads<S extends Tensor> {
  /** What the function returned. */
  readonly value: Tensor;
  /** The gradient by each source, of its shape and dtype; zeros where the value does not depend on it. */
  readonly grads: Map<S, Tensor>;
}

/**
 * The value of a scalar function and its gradients $\partial f / \partial s$ by `sources`, in one forward and one backward pass.
 *
 * Everything that `fn` makes is freed, but the value, the gradients and what it passes to `keep()`. Calls nest: an inner call's gradients
 * can be differentiated by an outer one.
 *
 * @param fn - computes one number with ops; any TypeScript control flow
 * @param sources - the tensors or parameters to differentiate by
 * @throws {@link ShapeError} when `fn` returns more than one element
 * @throws {@link DTypeError} when a source or the value is not a float tensor
 * @throws {@link GradientError} when the path to a source leads through an op without a rule
 * @example
 * const w = tensor([1, 2, 3]);
 * const { value, grads } = valueAndGrad(() => w.mul(w).sum(), [w]);
 * await value.item() // 14
 * await grads.get(w)!.data() // Float32Array [2, 4, 6]
 */
export function valueAndGrad<S extends Tensor>(fn: () => Tensor, sources: readonly S[]): ValueAndGrads<S> {
  checkSources('valueAndGrad', sources);
  const result = runScope('valueAndGrad', () => {
    const tape = new Tape(sources);
    const value = withRecorder(tape, fn);
    checkScalar('valueAndGrad', value);
    const found = tape.consume(value, onesLike(value), sources);
    return { value, grads: new Map(sources.map((source, i) => [source, found[i]])) };
  });
  // The loss of a step is read late or never: it should not hold a block until the garbage collector runs.
  result.value.backend.offload(result.value.buffer);
  return result;
}
