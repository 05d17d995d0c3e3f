import { adaptiveMaxPool2d, type NumberOrPair, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Max pooling to one size, whatever the input's; the windows are at {@link adaptiveMaxPool2d}.
 *
 * @example
 * new AdaptiveMaxPool2d(4).forward(ones([1, 3, 8, 8])).shape // [1, 3, 4, 4]
 */
export class AdaptiveMaxPool2d extends Module implements Layer {
  readonly #size: NumberOrPair;

  /** @param size - height and width of the result */
  constructor(size: NumberOrPair) {
    super();
    this.#size = size;
  }

  /**
   * @param x - `[n, c, h, w]`
   * @returns `[n, c, oh, ow]`
   */
  override forward(x: Tensor): Tensor {
    return adaptiveMaxPool2d(x, this.#size);
  }
}
