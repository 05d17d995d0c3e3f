import { celu, type EluOptions, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Continuously differentiable exponential linear unit, $y = x$ above 0 and $y = \alpha (e^{x / \alpha} - 1)$ elsewhere; see {@link celu}.
 *
 * @example
 * await new CELU({ alpha: 0.5 }).forward(tensor([-1000, 2])).data() // Float32Array [-0.5, 2]
 */
export class CELU extends Module implements Layer {
  readonly #options: EluOptions;

  constructor(options: EluOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return celu(x, this.#options);
  }
}
