import type { Parameter, Tensor } from '@dl/tensor';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/** Layers by name, in the order they run. */
export type NamedLayers = Readonly<Record<string, Layer>>;

/**
 * Layers one after the other. In state dicts they are numbered (`0.weight`), or have the names they were given.
 *
 * @example
 * const model = new Sequential(new Linear(4, 8), new ReLU(), new Linear(8, 2));
 * model.forward(ones([5, 4])).shape // [5, 2]
 * const named = new Sequential({ hidden: new Linear(4, 8), relu: new ReLU(), output: new Linear(8, 2) });
 * [...named.namedParameters().keys()] // ['hidden.weight', 'hidden.bias', 'output.weight', 'output.bias']
 */
export class Sequential extends Module implements Layer {
  readonly #layers: ReadonlyMap<string, Layer>;

  /** @param layers - a list, or one record of names and layers */
  constructor(...layers: readonly Layer[] | readonly [NamedLayers]) {
    super();
    const [first] = layers;
    const named = layers.length === 1 && first !== undefined && !(first instanceof Module);
    this.#layers = new Map(Object.entries(named ? first : (layers as readonly Layer[])));
  }

  /** The layers, in order. */
  get layers(): readonly Layer[] {
    return [...this.#layers.values()];
  }

  override *members(): Generator<readonly [name: string, member: Parameter | Module]> {
    yield* this.#layers;
    yield* super.members();
  }

  /**
   * @param x - what the first layer takes
   * @param options - handed to every layer
   * @returns what the last layer returns; `x` itself if there is none
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    let y = x;
    for (const layer of this.#layers.values()) y = layer.forward(y, options);
    return y;
  }
}
