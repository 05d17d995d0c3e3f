import { adaptiveAvgPool1d, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Average pooling to one size, whatever the input's; the windows are at {@link adaptiveAvgPool1d}.
 *
 * @example
 * new AdaptiveAvgPool1d(4).forward(ones([1, 3, 8])).shape // [1, 3, 4]
 */
export class AdaptiveAvgPool1d extends Module implements Layer {
  readonly #size: number;

  /** @param size - length of the result */
  constructor(size: number) {
    super();
    this.#size = size;
  }

  /**
   * @param x - `[n, c, l]`
   * @returns `[n, c, ol]`
   */
  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool1d(x, this.#size);
  }
}
