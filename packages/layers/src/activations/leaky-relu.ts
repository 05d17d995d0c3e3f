import { type LeakyReluOptions, leakyRelu, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Rectifier that leaks, $y = x$ above 0 and $y = s x$ elsewhere; see {@link leakyRelu}.
 *
 * @example
 * await new LeakyReLU({ negativeSlope: 0.5 }).forward(tensor([-2, 3])).data() // Float32Array [-1, 3]
 */
export class LeakyReLU extends Module implements Layer {
  readonly #options: LeakyReluOptions;

  constructor(options: LeakyReluOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return leakyRelu(x, this.#options);
  }
}
