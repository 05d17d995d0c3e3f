import { adaptiveMaxPool3d, type NumberOrTriple, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Max pooling to one size, whatever the input's; the windows are at {@link adaptiveMaxPool3d}.
 *
 * @example
 * new AdaptiveMaxPool3d(4).forward(ones([1, 3, 8, 8, 8])).shape // [1, 3, 4, 4, 4]
 */
export class AdaptiveMaxPool3d extends Module implements Layer {
  readonly #size: NumberOrTriple;

  /** @param size - depth, height and width of the result */
  constructor(size: NumberOrTriple) {
    super();
    this.#size = size;
  }

  /**
   * @param x - `[n, c, d, h, w]`
   * @returns `[n, c, od, oh, ow]`
   */
  override forward(x: Tensor): Tensor {
    return adaptiveMaxPool3d(x, this.#size);
  }
}
