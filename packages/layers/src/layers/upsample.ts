import { type InterpolateOptions, interpolate, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Resizes signals, images or volumes by a factor or to a size, without weights; modes at {@link interpolate}.
 *
 * @example
 * new Upsample({ scaleFactor: 2, mode: 'bilinear' }).forward(ones([1, 3, 4, 4])).shape // [1, 3, 8, 8]
 */
export class Upsample extends Module implements Layer {
  readonly #options: InterpolateOptions;

  constructor(options: InterpolateOptions) {
    super();
    this.#options = options;
  }

  override forward(x: Tensor): Tensor {
    return interpolate(x, this.#options);
  }
}
