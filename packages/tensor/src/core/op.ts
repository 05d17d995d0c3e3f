import type { Backend, KernelBuffer, KernelInput, TensorSpec } from '@dl/kernels';
import { BackendError } from '@dl/kernels';
import { isTracingMemory, nameBirth } from './memory-trace.ts';
import { explain } from './out-of-memory.ts';
import { notifyRecorders } from './recorder.ts';
import { Tensor } from './tensor.ts';

/** What a derivative rule sees of the op it belongs to. */
export interface RuleContext<A> {
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly attrs: A;
  /** What the op made besides the output, in its order: further results, or what its rules need. Most ops make nothing else. */
  readonly others: readonly Tensor[];
}

/**
 * One derivative rule: of a `vjp`, from the gradient of the output to the gradient of input `index`; of a `jvp`, from the tangent
 * of input `index` to its share of the output's tangent. Written with ops, so that it has derivatives of its own.
 */
export type Rule<A> = (grad: Tensor, context: RuleContext<A>, index: number) => Tensor;

/**
 * A `vjp` of all inputs at once, for ops with several outputs and for rules that share work: from the gradients of the output and of the
 * {@link RuleContext.others}, undefined where none arrived, to the gradient of each input, or null. Those not in `wanted` may be null too.
 */
export type JointVjp<A> = (
  grads: readonly (Tensor | undefined)[],
  context: RuleContext<A>,
  wanted: ReadonlySet<Tensor>,
) => readonly (Tensor | null)[];

/** A `jvp` of all inputs at once: from their tangents, undefined for what does not move, to those of the output and the others. */
export type JointJvp<A> = (tangents: readonly (Tensor | undefined)[], context: RuleContext<A>) => readonly (Tensor | undefined)[];

/**
 * The derivative rules of an op: all that a {@link Recorder} needs of it.
 *
 * `vjp` and `jvp` hold one rule an input; the last one serves all further inputs of a variadic op. `null` says that the output does
 * not depend differentiably on that input. Either may be one rule of all inputs instead. An op without rules runs, and says so when a gradient is asked of it.
 */
export interface OpRules<A> {
  readonly name: string;
  /**
   * Whether the rules use tensors besides those of their context, which the program made while it was recorded: the closures of a user may.
   * A tape then frees nothing of the forward pass before it has passed this op.
   */
  readonly capturesTensors?: boolean;
  readonly vjp?: readonly (Rule<A> | null)[] | JointVjp<A>;
  readonly jvp?: readonly (Rule<A> | null)[] | JointJvp<A>;
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
  const output = compute(op, backendOf(op.name, inputs), inputs, attrs);
  notifyRecorders(op, inputs, output, attrs);
  return output;
}

/** The output of `op`, of which no recorder is told. */
export function compute<A>(op: Op<A>, backend: Backend, inputs: readonly KernelInput[], attrs: A): Tensor {
  const spec = op.infer(inputs, attrs);
  let buffer: KernelBuffer;
  try {
    buffer = op.forward(backend, inputs, attrs, spec);
  } catch (error) {
    throw explain(op.name, error);
  }
  const output = new Tensor(backend, buffer, spec.shape, spec.dtype);
  if (isTracingMemory()) nameBirth(output, op.name);
  return output;
}

/**
 * The backend that all inputs are on.
 *
 * @throws {@link BackendError} when there are two
 */
export function backendOf(op: string, inputs: readonly Tensor[]): Backend {
  const { backend } = inputs[0];
  for (let i = 1; i < inputs.length; i++) {
    if (inputs[i].backend !== backend) {
      throw new BackendError(
        op,
        `tensors must be on one backend, got ${backend.name} and ${inputs[i].backend.name}: move one with await x.to(backend)`,
      );
    }
  }
  return backend;
}
