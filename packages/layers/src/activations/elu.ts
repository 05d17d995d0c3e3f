import { type EluOptions, elu, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Exponential linear unit, $y = x$ above 0 and $y = \alpha (e^x - 1)$ elsewhere; see {@link elu}.
 *
 * @example
 * await new ELU({ alpha: 0.5 }).forward(tensor([-1000, 2])).data() // Float32Array [-0.5, 2]
 */
export class ELU extends Module implements Layer {
  readonly #options: EluOptions;

  constructor(options: EluOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return elu(x, this.#options);
  }
}
