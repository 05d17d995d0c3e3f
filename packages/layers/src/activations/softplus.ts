import { type SoftplusOptions, softplus, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Smooth rectifier, $y = \frac{1}{\beta} \ln(1 + e^{\beta x})$, called soft ReLU too; see {@link softplus}.
 *
 * @example
 * await new Softplus().forward(tensor([0])).data() // Float32Array [0.6931472]
 */
export class Softplus extends Module implements Layer {
  readonly #options: SoftplusOptions;

  constructor(options: SoftplusOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return softplus(x, this.#options);
  }
}
