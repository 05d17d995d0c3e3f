import { type AvgPool2dOptions, avgPool2d, type NumberOrPair, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * The mean of each window; options and equation at {@link avgPool2d}. The stride is the kernel size unless said.
 *
 * @example
 * new AvgPool2d(2).forward(ones([1, 3, 8, 8])).shape // [1, 3, 4, 4]
 */
export class AvgPool2d extends Module implements Layer {
  readonly #kernelSize: NumberOrPair;
  readonly #options: AvgPool2dOptions;

  constructor(kernelSize: NumberOrPair, options: AvgPool2dOptions = {}) {
    super();
    this.#kernelSize = kernelSize;
    this.#options = options;
  }

  /**
   * @param x - `[n, c, h, w]`
   * @returns `[n, c, oh, ow]`
   */
  override forward(x: Tensor): Tensor {
    return avgPool2d(x, this.#kernelSize, this.#options);
  }
}
