import { DTypeError, formatShape, GradientError, isFloat, ShapeError, sameShape } from '@dl/kernels';
import {
  alias,
  currentScope,
  type Freed,
  freedBy,
  isRecording,
  type OpRules,
  Parameter,
  type Recorder,
  type RuleContext,
  ruleFor,
  runScope,
  type Tensor,
  zerosLike,
} from '@dl/tensor';
import { Gradients } from './gradients.ts';

/** One recorded op, with its attributes closed over: the rules of ops of any kind, behind one type. */
interface Entry {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  /** The output, and what came with it. */
  readonly made: readonly Tensor[];
  /** The inputs that no op on the tape made and no entry before this one has: on the way back, nobody asks for them after it. */
  readonly constants: readonly Tensor[];
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
  readonly #constants = new Set<Tensor>();
  /** Index of the first entry whose rules may use any tensor made before it, or after. */
  #firstCapture = Number.POSITIVE_INFINITY;

  /** @param sources - record only what depends on these; undefined records every op on floats */
  constructor(sources?: Iterable<Tensor>) {
    this.#tracked = sources && new Set(sources);
  }

  record<A>(op: OpRules<A>, inputs: readonly Tensor[], output: Tensor, attrs: A, others: readonly Tensor[]): void {
    if (!isFloat(output.dtype) || !inputs.some((input) => this.#tracked?.has(input) ?? isFloat(input.dtype))) return;
    if (op.capturesTensors) this.#firstCapture = Math.min(this.#firstCapture, this.#entries.length);
    const made = [output, ...others];
    for (const tensor of made) this.#tracked?.add(tensor);
    const context: RuleContext<A> = { inputs, output, attrs, others };
    this.#entries.push({
      name: op.name,
      inputs,
      made,
      constants: this.#newConstants(inputs),
      versions: inputs.filter((input) => input instanceof Parameter).map((parameter) => [parameter, parameter.version]),
      pullBack(grads, wanted) {
        const { vjp } = op;
        if (vjp === undefined) {
          throw new GradientError(
            op.name,
            'must have a vjp rule to be differentiated, got none: add one or wrap its input in stopGradient()',
          );
        }
        if (typeof vjp === 'function') return vjp(grads, context, wanted);
        const [grad] = grads;
        return inputs.map((input, index) =>
          grad !== undefined && wanted.has(input) ? (ruleFor(vjp, index)?.(grad, context, index) ?? null) : null,
        );
      },
    });
  }

  /**
   * The gradients of $\langle \text{seed}, \text{target} \rangle$ by each source, as handles of their own; zeros where the target does
   * not depend on it. May be asked again: the tape keeps what it recorded.
   */
  backward(target: Tensor, seed: Tensor, sources: readonly Tensor[]): Tensor[] {
    return this.#walk(target, seed, sources, undefined);
  }

  /**
   * As {@link Tape.backward}, for the last time: a tensor of the forward pass is freed as soon as no rule still to come can ask for it. These are
   * the tensors which the innermost scope owns, but the target; none while another recorder listens.
   */
  consume(target: Tensor, seed: Tensor, sources: readonly Tensor[]): Tensor[] {
    return this.#walk(target, seed, sources, isRecording() ? undefined : currentScope());
  }

  /** @param spent - the scope whose tensors are freed at their last use */
  #walk(target: Tensor, seed: Tensor, sources: readonly Tensor[], spent: object | undefined): Tensor[] {
    if (!sameShape(target.shape, seed.shape)) {
      throw new ShapeError(
        'backward',
        `the seed must have the target's shape ${formatShape(target.shape)}, got ${formatShape(seed.shape)}`,
      );
    }
    const wanted = this.#ancestry(sources);
    const kept = new Set([target, ...sources]);
    const freed = freedBy('backward');
    return runScope(freed, () => {
      const grads = new Gradients(freed);
      grads.accumulate(target, seed);
      for (let i = this.#entries.length - 1; i >= 0; i--) {
        const entry = this.#entries[i];
        pullBack(entry, grads, wanted, freed);
        for (const tensor of entry.made) if (!kept.has(tensor)) grads.delete(tensor);
        if (spent === undefined || i > this.#firstCapture) continue;
        for (const tensor of [...entry.made, ...entry.constants]) {
          if (tensor.owner === spent && !kept.has(tensor) && !grads.has(tensor)) tensor.free(freed);
        }
      }
      return sources.map((source) => {
        const grad = grads.get(source);
        return grad === undefined ? zerosLike(source) : alias(grad);
      });
    });
  }

  #newConstants(inputs: readonly Tensor[]): readonly Tensor[] {
    const found = inputs.filter((input) => !this.#tracked?.has(input) && !this.#constants.has(input));
    for (const input of found) this.#constants.add(input);
    return found;
  }

  /** The sources and everything computed from them: the only tensors whose gradients are worth computing. */
  #ancestry(sources: readonly Tensor[]): Set<Tensor> {
    const wanted = new Set<Tensor>(sources);
    for (const { inputs, made } of this.#entries) {
      if (inputs.some((input) => wanted.has(input))) for (const tensor of made) wanted.add(tensor);
    }
    return wanted;
  }
}

/** Adds to the gradients of an op's inputs what arrived at its results. What its rules make besides is freed. */
function pullBack(entry: Entry, grads: Gradients, wanted: ReadonlySet<Tensor>, freed: Freed): void {
  const arrived = entry.made.map((tensor) => grads.get(tensor));
  if (!arrived.some(Boolean) || !entry.inputs.some((input) => wanted.has(input))) return;
  checkVersions(entry);
  const shares = runScope(freed, () => entry.pullBack(arrived, wanted));
  entry.inputs.forEach((input, index) => {
    const share = shares[index];
    if (share !== null && wanted.has(input)) grads.accumulate(input, share);
  });
  for (const share of shares) if (share !== null) grads.freeUnused(share);
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
