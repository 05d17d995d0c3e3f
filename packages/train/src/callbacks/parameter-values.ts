import type { HostTensor, TypedArray } from '@dl/kernels';
import { alias, keep, type Parameter, type Tensor, withoutRecording } from '@dl/tensor';
import type { FitStart, GradientsEvent } from './callback.ts';

/** Gradients in a checkpoint, by the names of their parameters: tensors when they go there, on the host when they come back. */
export type KeptGradients<T extends Tensor | HostTensor> = Readonly<Record<string, T>>;

/** Reads the parameters of a run, and the gradients of a step, for those who look at all of them. */
export class ParameterValues {
  readonly #gradients: Map<string, Tensor> = new Map();
  #restored: KeptGradients<HostTensor> = {};
  #parameters: ReadonlyMap<string, Parameter> = new Map();

  /** Learns what the parameters are. */
  start({ parameters }: Pick<FitStart, 'parameters'>): void {
    this.#parameters = parameters;
  }

  /** Keeps the gradients of a step, in place of those of the last. */
  keepGradients({ grads }: Pick<GradientsEvent, 'grads'>): void {
    this.dispose();
    for (const [name, parameter] of this.#parameters) {
      const gradient = grads.get(parameter);
      if (gradient !== undefined) this.#gradients.set(name, keep(withoutRecording(() => alias(gradient))));
    }
  }

  /** Weights, by their names. */
  async *weights(): AsyncGenerator<readonly [name: string, values: TypedArray]> {
    for (const [name, parameter] of this.#parameters) yield [name, await parameter.data()];
  }

  /** The gradients that were kept, by the names of their parameters; they are gone then. */
  async *gradients(): AsyncGenerator<readonly [name: string, values: TypedArray]> {
    for (const [name, { data }] of Object.entries(this.#restored)) yield [name, data];
    for (const [name, gradient] of this.#gradients) yield [name, await gradient.data()];
    this.dispose();
  }

  /** What a checkpoint between the last step of an epoch and its end needs. */
  state(): KeptGradients<Tensor> {
    return Object.fromEntries(this.#gradients);
  }

  /** Takes over a state. */
  restore(state: KeptGradients<HostTensor>): void {
    this.#restored = state;
  }

  /** Frees what was kept. */
  dispose(): void {
    for (const gradient of this.#gradients.values()) gradient.dispose();
    this.#gradients.clear();
    this.#restored = {};
  }
}
