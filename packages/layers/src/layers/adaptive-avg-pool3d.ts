import { adaptiveAvgPool3d, type NumberOrTriple, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Average pooling to one size, whatever the input's; the windows are at {@link adaptiveAvgPool3d}.
 *
 * @example
 * new AdaptiveAvgPool3d(4).forward(ones([1, 3, 8, 8, 8])).shape // [1, 3, 4, 4, 4]
 */
export class AdaptiveAvgPool3d extends Module implements Layer {
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
    return adaptiveAvgPool3d(x, this.#size);
  }
}
