import { isFloat, type NoAttrs } from '@dl/kernels';
import {
  alias,
  currentScope,
  defaultRng,
  isRecording,
  notifyRecorders,
  type OpRules,
  preserveParameters,
  type Recorder,
  type Rng,
  runScope,
  type Tensor,
  withoutRecording,
  withRecorder,
} from '@dl/tensor';
import { jvp } from './jvp.ts';
import { vjp } from './vjp.ts';

/** Options of {@link checkpoint}. */
export interface CheckpointOptions {
  /** The generator that `fn` draws from: the second run draws what the first one did. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/** Finds what a function uses and has not computed itself. */
class UseRecorder implements Recorder {
  readonly used = new Set<Tensor>();
  capturesTensors = false;
  readonly #computed = new Set<Tensor>();

  record<A>(op: OpRules<A>, inputs: readonly Tensor[], output: Tensor, _attrs: A, others: readonly Tensor[]): void {
    for (const input of inputs) if (!this.#computed.has(input)) this.used.add(input);
    for (const made of [output, ...others]) this.#computed.add(made);
    this.capturesTensors ||= op.capturesTensors ?? false;
  }
}

/**
 * The same function with the same gradients, that keeps nothing of its inside for the backward pass but runs again there: memory for time. A
 * chain of $n$ ops in $\sqrt n$ checkpointed pieces holds about $2 \sqrt n$ results instead of $n$.
 *
 * Gradients reach the arguments and whatever else `fn` uses, such as the parameters of a layer. What it draws from `rng` is drawn again alike, and
 * parameters which it changes (running statistics) are changed once.
 *
 * @param fn - computes a tensor from tensors, the same one each time
 * @returns what to call instead of `fn`
 * @example
 * const block = checkpoint((x) => sin(x.exp()));
 * await grad((x: Tensor) => block(x).sum())(tensor([0])).data() // Float32Array [0.54030228]
 * @see Chen et al., Training deep nets with sublinear memory cost, 2016
 */
export function checkpoint(
  fn: (...xs: Tensor[]) => Tensor,
  { rng = defaultRng() }: CheckpointOptions = {},
): (...xs: Tensor[]) => Tensor {
  return (...xs) => {
    if (!isRecording()) return fn(...xs);
    const start = rng.state();
    const again = (): Tensor => {
      rng.restore(start);
      return fn(...xs);
    };
    const uses = new UseRecorder();
    const { output, inputs } = withoutRecording(() =>
      runScope('checkpoint', () => {
        const made = withRecorder(uses, () => fn(...xs));
        const scope = currentScope();
        const given = [...uses.used].filter(({ owner }) => owner !== scope);
        const inputs = [...new Set([...xs, ...given])];
        return { output: inputs.includes(made) ? alias(made) : made, inputs };
      }),
    );
    notifyRecorders(rulesOf(again, rng, uses.capturesTensors), inputs, output, {});
    return output;
  };
}

function rulesOf(again: () => Tensor, rng: Rng, capturesTensors: boolean): OpRules<NoAttrs> {
  const rerun = <T>(differentiate: () => T): T => {
    const state = rng.state();
    try {
      return preserveParameters(differentiate);
    } finally {
      rng.restore(state);
    }
  };
  return {
    name: 'checkpoint',
    capturesTensors,
    vjp([grad], { inputs }, wanted) {
      if (grad === undefined) return inputs.map(() => null);
      const sources = inputs.filter((input) => isFloat(input.dtype) && wanted.has(input));
      const { grads } = rerun(() => vjp(again, sources, grad));
      const found = new Map(sources.map((source, i) => [source, grads[i]]));
      return inputs.map((input) => found.get(input) ?? null);
    },
    jvp(tangents, { inputs }) {
      const moving = inputs.filter((_, i) => tangents[i] !== undefined);
      const directions = tangents.filter((tangent) => tangent !== undefined);
      return [rerun(() => jvp(again, moving, directions).tangent)];
    },
  };
}
