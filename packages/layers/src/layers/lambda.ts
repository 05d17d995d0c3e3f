import type { Tensor } from '@dl/tensor';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * A function as a layer, for what needs no parameters and no name.
 *
 * @example
 * const model = new Sequential(new Lambda((x) => x.mul(2)), new ReLU());
 * await model.forward(tensor([-1, 3])).data() // Float32Array [0, 6]
 */
export class Lambda extends Module implements Layer {
  readonly #fn: (x: Tensor, options: ForwardOptions) => Tensor;

  /** @param fn - of ops, and not async */
  constructor(fn: (x: Tensor, options: ForwardOptions) => Tensor) {
    super();
    this.#fn = fn;
  }

  /** @param x - what the function takes */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return this.#fn(x, options);
  }
}
