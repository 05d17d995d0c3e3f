import { hardshrink, type ShrinkOptions, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Hard thresholding, $y = x$ where $|x| > \lambda$, else 0; see {@link hardshrink}.
 *
 * @example
 * await new Hardshrink().forward(tensor([-2, 0.3])).data() // Float32Array [-2, 0]
 */
export class Hardshrink extends Module implements Layer {
  readonly #options: ShrinkOptions;

  constructor(options: ShrinkOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return hardshrink(x, this.#options);
  }
}
