import type { KernelBuffer } from '@dl/kernels';
import { type OpRules, type Recorder, Tensor } from '@dl/tensor';
import type { Module } from '../module/module.ts';
import type { ForwardObserver } from '../module/observe-forward.ts';
import type { LayerSummary } from './model-summary.ts';
import { multiplyAdds } from './multiply-adds.ts';
import { type Field, fieldOf, onePixel } from './receptive-field.ts';

/** A call of a module while it runs. */
interface Call {
  readonly module: Module;
  readonly isFirst: boolean;
  ops: number;
  multiplyAdds: number;
  activationBytes: number;
}

/** Listens to modules and ops at once, and books every op on the innermost module that is running. */
export class CostRecorder implements Recorder, ForwardObserver {
  /** In the order in which calls began; filled in as they end. */
  readonly layers: (LayerSummary | undefined)[] = [];
  readonly #names: ReadonlyMap<Module, string>;
  readonly #calls: { readonly call: Call; readonly place: number }[] = [];
  readonly #seen = new Set<Module>();
  readonly #blocks = new Set<KernelBuffer>();
  readonly #fields = new Map<Tensor, Field>();

  constructor(model: Module, input: Tensor) {
    this.#names = new Map([...model.namedModules()].map(([name, module]) => [module, name]));
    if (input.rank === 4) this.#fields.set(input, onePixel);
    this.#blocks.add(input.buffer);
  }

  readonly enter = (module: Module): void => {
    const call = { module, isFirst: !this.#seen.has(module), ops: 0, multiplyAdds: 0, activationBytes: 0 };
    this.#seen.add(module);
    this.#calls.push({ call, place: this.layers.length });
    this.layers.push(undefined);
  };

  readonly leave = (_module: Module, output: unknown): void => {
    const { call, place } = this.#calls.pop()!;
    if (call.ops > 0 || !callsOthers(call.module)) this.layers[place] = this.#row(call, output);
  };

  record<A>(op: OpRules<A>, inputs: readonly Tensor[], output: Tensor, attrs: A): void {
    const field = fieldOf(
      op.name,
      inputs,
      inputs.map((input) => this.#fields.get(input)),
      attrs,
    );
    if (field !== undefined) this.#fields.set(output, field);
    const call = this.#calls.at(-1)?.call;
    if (call === undefined) return;
    call.ops++;
    call.multiplyAdds += multiplyAdds(op.name, inputs, output, attrs);
    if (!this.#blocks.has(output.buffer)) call.activationBytes += output.buffer.bytes;
    this.#blocks.add(output.buffer);
  }

  #row({ module, isFirst, multiplyAdds, activationBytes }: Call, output: unknown): LayerSummary {
    const outputs = tensorsIn(output);
    const fields = outputs.map((tensor) => this.#fields.get(tensor)).filter((field) => field !== undefined);
    const own = isFirst ? [...module.members()].map(([, member]) => member) : [];
    return {
      name: this.#names.get(module) ?? '',
      kind: module.constructor.name,
      outputShapes: outputs.map(({ shape }) => shape),
      parameters: own.reduce((sum, member) => sum + (member instanceof Tensor ? member.size : 0), 0),
      multiplyAdds,
      activationBytes,
      receptiveField: fields[0] === undefined || fields[0] === 'all' ? fields[0] : fields[0].size,
    };
  }
}

function callsOthers(module: Module): boolean {
  return [...module.members()].some(([, member]) => !(member instanceof Tensor));
}

function tensorsIn(value: unknown): Tensor[] {
  if (value instanceof Tensor) return [value];
  if (Array.isArray(value)) return value.flatMap(tensorsIn);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(tensorsIn) : [];
}
