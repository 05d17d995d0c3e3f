import { pixelUnshuffle, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Lays pixels out as channels: undoes {@link PixelShuffle}.
 *
 * @example
 * new PixelUnshuffle(2).forward(ones([1, 3, 8, 8])).shape // [1, 12, 4, 4]
 */
export class PixelUnshuffle extends Module implements Layer {
  readonly #downscaleFactor: number;

  constructor(downscaleFactor: number) {
    super();
    this.#downscaleFactor = downscaleFactor;
  }

  override forward(x: Tensor): Tensor {
    return pixelUnshuffle(x, this.#downscaleFactor);
  }
}
