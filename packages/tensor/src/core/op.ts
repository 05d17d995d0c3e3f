import type { Backend, KernelBuffer, KernelInput, TensorSpec } from '@dl/kernels';
import { BackendError } from '@dl/kernels';
import { isTracingMemory, nameBirth } from './memory-trace.ts';
import { notifyRecorders } from './recorder.ts';
import { Tensor } from './tensor.ts';

/** What a derivative rule sees of the op it belongs to. */
export interface RuleContext<A> {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attrs: A;
}

/**
 * One derivative rule: of a `vjp`, from the gradient of the output to the gradient of input `index`; of a `jvp`, from the tangent
 * of input `index` to its share of the output's tangent. Written with ops, so that it has derivatives of its own.
 */
export type Rule<A> = (grad: Tensor, context: RuleContext<A>, index: number) => Tensor;

/**
 * The derivative rules of an op: all that a {@link Recorder} needs of it.
 *
 * `vjp` and `jvp` hold one rule an input; the last one serves all further inputs of a variadic op. `null` says that the output does
 * not depend differentiably on that input. An op without rules runs, and says so when a gradient is asked of it.
 */
export interface OpRules<A> {
  readonly name: string;
  readonly vjp?: readonly (Rule<A> | null)[];
  readonly jvp?: readonly (Rule<A> | null)[];
}

/** A differentiable operation: shape rule, forward and derivative rules in one place. */
export interface Op<A> extends OpRules<A> {
  /** Shape and dtype of the output; throws typed errors for inputs that do not fit. */
  infer(inputs: readonly TensorSpec[], attrs: A): TensorSpec;
  /** Runs kernels into a block for `out`; called after {@link Op.infer}. */
  forward(backend: Backend, inputs: readonly KernelInput[], attrs: A, out: TensorSpec): KernelBuffer;
}

/** The rule for input `index`: the last one of the list serves the inputs beyond it. */
export function ruleFor<A>(rules: readonly (Rule<A> | null)[], index: number): Rule<A> | null {
  return rules[Math.min(index, rules.length - 1)];
}

/**
 * Runs `op`: infers the output, runs the kernel on the inputs' backend and tells the recorders.
 *
 * @throws {@link BackendError} when the inputs belong to two backends
 */
export function apply<A>(op: Op<A>, inputs: readonly Tensor[], attrs: A): Tensor {
  const { backend } = inputs[0];
  for (let i = 1; i < inputs.length; i++) {
    if (inputs[i].backend !== backend) {
      throw new BackendError(
        op.name,
        `tensors must be on one backend, got ${backend.name} and ${inputs[i].backend.name}: move one with await x.to(backend)`,
      );
    }
  }
  const spec = op.infer(inputs, attrs);
  const output = new Tensor(backend, op.forward(backend, inputs, attrs, spec), spec.shape, spec.dtype);
  if (isTracingMemory()) nameBirth(output, op.name);
  notifyRecorders(op, inputs, output, attrs);
  return output;
}
