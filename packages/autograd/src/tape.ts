import { DTypeError, formatShape, GradientError, isFloat, ShapeError, sameShape } from '@dl/kernels';
import {
  add,
  alias,
  type OpRules,
  Parameter,
  type Recorder,
  type RuleContext,
  ruleFor,
  type Tensor,
  zerosLike,
} from '@dl/tensor';

/** One recorded op, with its attributes closed over: the rules of ops of any kind, behind one type. */
interface Entry {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  readonly others: readonly Tensor[];
  /** The parameters among the inputs and the version each had when the op ran. */
  readonly versions: readonly (readonly [Parameter, number])[];
  /** The gradients of the inputs that are wanted, or null where nothing depends on one differentiably. */
  pullBack(grads: readonly (Tensor | undefined)[], wanted: ReadonlySet<Tensor>): readonly (Tensor | null)[];
}

/**
 * Records ops as they run and walks them backwards (reverse-mode accumulation). Entries are in order of execution, so the reverse
 * order is a topological one.
 */
export class Tape implements Recorder {
  readonly #entries: Entry[] = [];
  readonly #tracked: Set<Tensor> | undefined;

  /** @param sources - record only what depends on these; undefined records every op on floats */
  constructor(sources?: Iterable<Tensor>) {
    this.#tracked = sources && new Set(sources);
  }

  record<A>(op: OpRules<A>, inputs: readonly Tensor[], output: Tensor, attrs: A, others: readonly Tensor[]): void {
    if (!isFloat(output.dtype) || !inputs.some((input) => this.#tracked?.has(input) ?? isFloat(input.dtype))) return;
    this.#tracked?.add(output);
    for (const other of others) this.#tracked?.add(other);
    const context: RuleContext<A> = { inputs, output, attrs, others };
    this.#entries.push({
      name: op.name,
      inputs,
      output,
      others,
      versions: inputs.filter((input) => input instanceof Parameter).map((parameter) => [parameter, parameter.version]),
      pullBack(grads, wanted) {
        const { vjp } = op;
        if (vjp === undefined) {
          throw new GradientError(
            op.name,
            'must have a vjp rule to be differentiated, got none: add one or wrap its input in stopGradient()',
          );
        }
        if (typeof vjp === 'function') return vjp(grads, context);
        const [grad] = grads;
        return inputs.map((input, index) =>
          grad !== undefined && wanted.has(input) ? (ruleFor(vjp, index)?.(grad, context, index) ?? null) : null,
        );
      },
    });
  }

  /** The tensors that the recorded ops made. */
  *outputs(): Iterable<Tensor> {
    for (const { output, others } of this.#entries) {
      yield output;
      yield* others;
    }
  }

  /**
   * The gradients of $\langle \text{seed}, \text{target} \rangle$ by each source, as handles of their own; zeros where the target does
   * not depend on it.
   */
  backward(target: Tensor, seed: Tensor, sources: readonly Tensor[]): Tensor[] {
    if (!sameShape(target.shape, seed.shape)) {
      throw new ShapeError(
        'backward',
        `the seed must have the target's shape ${formatShape(target.shape)}, got ${formatShape(seed.shape)}`,
      );
    }
    const wanted = this.#ancestry(sources);
    const grads = new Map<Tensor, Tensor>([[target, seed]]);
    for (let i = this.#entries.length - 1; i >= 0; i--) {
      const entry = this.#entries[i];
      const arrived = [grads.get(entry.output), ...entry.others.map((other) => grads.get(other))];
      if (!arrived.some(Boolean) || !entry.inputs.some((input) => wanted.has(input))) continue;
      checkVersions(entry);
      const shares = entry.pullBack(arrived, wanted);
      entry.inputs.forEach((input, index) => {
        const share = shares[index];
        if (share === null || !wanted.has(input)) return;
        const sofar = grads.get(input);
        grads.set(input, sofar === undefined ? share : add(sofar, share));
      });
    }
    return sources.map((source) => {
      const grad = grads.get(source);
      return grad === undefined ? zerosLike(source) : alias(grad);
    });
  }

  /** The sources and everything computed from them: the only tensors whose gradients are worth computing. */
  #ancestry(sources: readonly Tensor[]): Set<Tensor> {
    const wanted = new Set<Tensor>(sources);
    for (const { inputs, output, others } of this.#entries) {
      if (!inputs.some((input) => wanted.has(input))) continue;
      wanted.add(output);
      for (const other of others) wanted.add(other);
    }
    return wanted;
  }
}

function checkVersions(entry: Entry): void {
  for (const [parameter, version] of entry.versions) {
    if (parameter.version !== version) {
      throw new GradientError(
        entry.name,
        `a parameter must not change between the forward and the backward pass, got version ${parameter.version} after ${version}`,
      );
    }
  }
}

/**
 * Refuses what cannot be differentiated by.
 *
 * @throws {@link DTypeError} for an integer or bool tensor
 */
export function checkSources(op: string, sources: readonly Tensor[]): void {
  for (const source of sources) {
    if (!isFloat(source.dtype))
      throw new DTypeError(op, `gradients are defined for float tensors, got ${source.dtype} ${formatShape(source.shape)}`);
  }
}

/**
 * Refuses a value that is not one float number.
 *
 * @throws {@link ShapeError} unless it has one element
 * @throws {@link DTypeError} unless it is a float
 */
export function checkScalar(op: string, value: Tensor): void {
  if (value.size !== 1) {
    throw new ShapeError(
      op,
      `the function must return one number, got shape ${formatShape(value.shape)}: reduce it with sum() or mean(), or use vjp()`,
    );
  }
  checkSources(op, [value]);
}
