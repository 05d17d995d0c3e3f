import { pixelShuffle, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Lays channels out as pixels; the order is at {@link pixelShuffle}.
 *
 * @example
 * new PixelShuffle(2).forward(ones([1, 12, 4, 4])).shape // [1, 3, 8, 8]
 */
export class PixelShuffle extends Module implements Layer {
  readonly #upscaleFactor: number;

  constructor(upscaleFactor: number) {
    super();
    this.#upscaleFactor = upscaleFactor;
  }

  override forward(x: Tensor): Tensor {
    return pixelShuffle(x, this.#upscaleFactor);
  }
}
