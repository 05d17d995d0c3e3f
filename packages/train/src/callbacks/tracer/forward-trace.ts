import { isFloat } from '@dl/kernels';
import type { ForwardObserver, Module } from '@dl/layers';
import { all, isFinite as isFiniteOp, type OpRules, type Recorder, Tensor } from '@dl/tensor';
import type { ActivationWatch } from './activation-watch.ts';
import { nonFinite, type Observation } from './finding.ts';
import type { Readings } from './readings.ts';

interface SeenOp {
  readonly name: string;
  /** Which reading says whether its output is finite. */
  readonly reading: number;
}

/** What a module gave, or the loss. */
interface Seen {
  readonly where: 'activation' | 'loss';
  readonly path: string;
  /** The ops that ran inside. */
  readonly ops: readonly SeenOp[];
  /** Readings of what it returned. */
  readonly outputs: readonly number[];
}

/** Follows a batch through the model and the loss, and asks of everything whether it is finite. */
export class ForwardTrace implements ForwardObserver, Recorder {
  readonly #readings: Readings;
  readonly #paths: ReadonlyMap<Module, string>;
  readonly #activations: ActivationWatch;
  /** The readings of outputs. */
  readonly #known: Map<Tensor, number> = new Map();
  readonly #ops: SeenOp[] = [];
  readonly #open: { readonly path: string; readonly firstOp: number }[] = [];
  /** In the order in which they returned: inner ones first. */
  readonly #seen: Seen[] = [];
  #inputs: readonly number[] | undefined;
  #firstOpOfLoss = 0;

  /** @param paths - of the modules of the model */
  constructor(readings: Readings, paths: ReadonlyMap<Module, string>, activations: ActivationWatch) {
    this.#readings = readings;
    this.#paths = paths;
    this.#activations = activations;
  }

  readonly enter = (module: Module, inputs: readonly unknown[]): void => {
    this.#inputs ??= this.#readingsOf(inputs);
    this.#open.push({ path: this.#paths.get(module) || module.constructor.name, firstOp: this.#ops.length });
  };

  readonly leave = (module: Module, output: unknown): void => {
    const { path, firstOp } = this.#open.pop()!;
    const where = this.#paths.has(module) ? 'activation' : 'loss';
    const outputs = this.#readingsOf(Array.isArray(output) ? output : [output]);
    this.#seen.push({ where, path, ops: this.#ops.slice(firstOp), outputs });
    if (this.#open.length > 0 || where === 'loss') return;
    this.#firstOpOfLoss = this.#ops.length;
    if (output instanceof Tensor) this.#activations.leaveOut(output);
  };

  record<A>(op: OpRules<A>, [input]: readonly Tensor[], output: Tensor): void {
    if (!isFloat(output.dtype)) return;
    const isView = input !== undefined && input.buffer === output.buffer;
    if (isView) this.#activations.rename(input, output);
    else if (this.#open.length > 0) this.#activations.add(op.name, this.#open.at(-1)!.path, output);
    const reading = (isView ? this.#known.get(input) : undefined) ?? this.#finite(output);
    this.#known.set(output, reading);
    this.#ops.push({ name: op.name, reading });
  }

  /** Ends the batch: what followed the model was its loss. */
  end(loss: Tensor): void {
    const ops = this.#ops.slice(this.#firstOpOfLoss);
    this.#seen.push({ where: 'loss', path: 'loss', ops, outputs: this.#readingsOf([loss]) });
    this.#known.clear();
    this.#activations.endBatch();
  }

  /** Where the batch came to NaN or infinity, from the numbers that were read. */
  firstNonFinite(numbers: ArrayLike<number>): Observation | undefined {
    const isBad = (reading: number): boolean => numbers[reading] === 0;
    if (this.#inputs?.some(isBad)) return nonFinite('input', 'input', undefined);
    const first = this.#seen.find(({ outputs }) => outputs.some(isBad));
    return first && nonFinite(first.where, first.path, first.ops.find(({ reading }) => isBad(reading))?.name);
  }

  #readingsOf(values: readonly unknown[]): readonly number[] {
    const tensors = values.filter((value) => value instanceof Tensor).filter(({ dtype }) => isFloat(dtype));
    return tensors.map((tensor) => this.#known.get(tensor) ?? this.#finite(tensor));
  }

  /** The reading 1 where all elements are finite, else 0. */
  #finite(x: Tensor): number {
    return this.#readings.add(() => all(isFiniteOp(x)));
  }
}
