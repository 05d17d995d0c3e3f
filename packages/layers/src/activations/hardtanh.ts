import { type HardtanhOptions, hardtanh, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Piecewise linear tanh, $y = \min(\max(x, \text{min}), \text{max})$; see {@link hardtanh}.
 *
 * @example
 * await new Hardtanh().forward(tensor([-2, 0.5, 3])).data() // Float32Array [-1, 0.5, 1]
 */
export class Hardtanh extends Module implements Layer {
  readonly #options: HardtanhOptions;

  constructor(options: HardtanhOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return hardtanh(x, this.#options);
  }
}
