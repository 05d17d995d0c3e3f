import { type LocalResponseNormOptions, localResponseNorm, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { checkCount } from './check-count.ts';

/**
 * Normalisation by the squares of neighbouring channels, as in AlexNet; equation and conventions at {@link localResponseNorm}.
 *
 * @example
 * const layer = new LocalResponseNorm(5, { alpha: 5e-4, beta: 0.75, k: 2 });
 * layer.forward(ones([1, 96, 5, 5])).shape // [1, 96, 5, 5]
 * @see Krizhevsky, Sutskever & Hinton, ImageNet classification with deep convolutional neural networks, 2012, section 3.3
 */
export class LocalResponseNorm extends Module implements Layer {
  readonly #size: number;
  readonly #options: LocalResponseNormOptions;

  /**
   * @param size - the channels in a window
   * @throws {@link ArgumentError} unless it is a positive integer
   */
  constructor(size: number, options: LocalResponseNormOptions = {}) {
    super();
    checkCount('LocalResponseNorm', 'size', size);
    this.#size = size;
    this.#options = options;
  }

  /**
   * @param x - `[n, c, ...]`, float
   * @returns same shape
   */
  override forward(x: Tensor): Tensor {
    return localResponseNorm(x, this.#size, this.#options);
  }
}
