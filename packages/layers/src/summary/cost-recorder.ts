import type { KernelBuffer } from '@dl/kernels';
import { type OpRules, type Recorder, Tensor } from '@dl/tensor';
import { isWindowed } from '../layers/receptive-window.ts';
import type { Module } from '../module/module.ts';
import type { ForwardObserver } from '../module/observe-forward.ts';
import type { LayerSummary } from './model-summary.ts';
import { multiplyAdds } from './multiply-adds.ts';
import { type Field, fieldOf, fieldOfInput, widen } from './receptive-field.ts';

/** A call of a module while it runs. */
interface Call {
  readonly module: Module;
  readonly isFirst: boolean;
  readonly place: number;
  readonly fieldBefore: Field | undefined;
  readonly inputs: Set<number>;
  ops: number;
  multiplyAdds: number;
  activationBytes: number;
}

/** Listens to modules and ops at once, and books every op on the innermost module that is running. */
export class CostRecorder implements Recorder, ForwardObserver {
  /** In the order in which calls began; filled in as they end. */
  readonly #rows: (LayerSummary | undefined)[] = [];
  readonly #names: ReadonlyMap<Module, string>;
  readonly #calls: Call[] = [];
  readonly #seen = new Set<Module>();
  readonly #blocks = new Set<KernelBuffer>();
  readonly #fields = new Map<Tensor, Field>();
  /** The rows whose outputs a tensor was made of, seen through ops between modules. */
  readonly #makers = new Map<Tensor, ReadonlySet<number>>();
  readonly #signals: boolean;

  constructor(model: Module, input: Tensor) {
    this.#names = new Map([...model.namedModules()].map(([name, module]) => [module, name]));
    this.#signals = input.rank === 3;
    const field = fieldOfInput(input.rank);
    if (field !== undefined) this.#fields.set(input, field);
    this.#makers.set(input, new Set([modelInput]));
    for (const { buffer } of [input, ...model.namedParameters().values()]) this.#blocks.add(buffer);
  }

  /** One row a call that computes, with `inputs` as indices of these rows. */
  get layers(): LayerSummary[] {
    const places = this.#rows.flatMap((row, place) => (row === undefined ? [] : [place]));
    const index = new Map(places.map((place, i) => [place, i]));
    return this.#rows
      .filter((row) => row !== undefined)
      .map((row) => ({ ...row, inputs: row.inputs.map((place) => index.get(place) ?? modelInput) }));
  }

  readonly enter = (module: Module, inputs: readonly unknown[]): void => {
    const [x] = tensorsIn(inputs);
    this.#calls.push({
      module,
      isFirst: !this.#seen.has(module),
      place: this.#rows.length,
      fieldBefore: x && this.#fields.get(x),
      inputs: new Set(),
      ops: 0,
      multiplyAdds: 0,
      activationBytes: 0,
    });
    this.#seen.add(module);
    this.#rows.push(undefined);
  };

  readonly leave = (module: Module, output: unknown): void => {
    const call = this.#calls.pop()!;
    if (isWindowed(module)) this.#see(tensorsIn(output)[0], call.fieldBefore && widen(call.fieldBefore, module.receptiveWindow));
    if (call.ops > 0 || !callsOthers(call.module)) this.#rows[call.place] = this.#row(call, output);
  };

  record<A>(op: OpRules<A>, inputs: readonly Tensor[], output: Tensor, attrs: A, others: readonly Tensor[]): void {
    const fields = inputs.map((input) => this.#fields.get(input));
    this.#see(output, fieldOf(op.name, inputs, fields, attrs, output));
    const call = this.#calls.at(-1);
    this.#follow(call, inputs, [output, ...others]);
    if (call === undefined) return;
    call.ops++;
    call.multiplyAdds += multiplyAdds(op.name, inputs, output, attrs);
    if (!this.#blocks.has(output.buffer)) call.activationBytes += output.buffer.bytes;
    this.#blocks.add(output.buffer);
  }

  #see(x: Tensor, field: Field | undefined): void {
    if (field === undefined) this.#fields.delete(x);
    else this.#fields.set(x, field);
  }

  /** A layer makes what its ops make; a module of modules only what joins the outputs of several, the rest passes. */
  #follow(call: Call | undefined, inputs: readonly Tensor[], made: readonly Tensor[]): void {
    const from = new Set(inputs.flatMap((input) => [...(this.#makers.get(input) ?? [])]));
    const passes = call === undefined || (callsOthers(call.module) && from.size < 2);
    if (!passes) for (const place of from) if (place !== call.place) call.inputs.add(place);
    for (const x of made) this.#makers.set(x, passes ? from : new Set([call.place]));
  }

  #row({ module, isFirst, inputs, multiplyAdds, activationBytes }: Call, output: unknown): LayerSummary {
    const outputs = tensorsIn(output);
    const [field] = outputs.map((tensor) => this.#fields.get(tensor)).filter((field) => field !== undefined);
    const own = isFirst ? [...module.members()].map(([, member]) => member) : [];
    return {
      name: this.#names.get(module) ?? '',
      kind: module.constructor.name,
      inputs: [...inputs].sort((a, b) => a - b),
      outputShapes: outputs.map(({ shape }) => shape),
      parameters: own.reduce((sum, member) => sum + (member instanceof Tensor ? member.size : 0), 0),
      multiplyAdds,
      activationBytes,
      receptiveField: this.#extents(field),
    };
  }

  #extents(field: Field | undefined): readonly number[] | 'all' | undefined {
    if (field === undefined || field === 'all') return field;
    return field.size.map(Math.ceil).slice(this.#signals ? 1 : 0);
  }
}

/** The place of what is put into the model. */
const modelInput = -1;

function callsOthers(module: Module): boolean {
  return [...module.members()].some(([, member]) => !(member instanceof Tensor));
}

function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}
