import { type ShrinkOptions, softshrink, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Soft thresholding, $y = \operatorname{sign}(x) \max(|x| - \lambda, 0)$; see {@link softshrink}.
 *
 * @example
 * await new Softshrink().forward(tensor([-2, 0.3])).data() // Float32Array [-1.5, 0]
 */
export class Softshrink extends Module implements Layer {
  readonly #options: ShrinkOptions;

  constructor(options: ShrinkOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return softshrink(x, this.#options);
  }
}
