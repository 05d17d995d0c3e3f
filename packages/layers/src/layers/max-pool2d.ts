import { type MaxPool2dOptions, maxPool2d, type NumberOrPair, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * The largest value of each window; options and equation at {@link maxPool2d}. The stride is the kernel size unless said.
 *
 * @example
 * new MaxPool2d(2).forward(ones([1, 3, 8, 8])).shape // [1, 3, 4, 4]
 */
export class MaxPool2d extends Module implements Layer {
  readonly #kernelSize: NumberOrPair;
  readonly #options: MaxPool2dOptions;

  constructor(kernelSize: NumberOrPair, options: MaxPool2dOptions = {}) {
    super();
    this.#kernelSize = kernelSize;
    this.#options = options;
  }

  /**
   * @param x - `[n, c, h, w]`
   * @returns `[n, c, oh, ow]`
   */
  override forward(x: Tensor): Tensor {
    return maxPool2d(x, this.#kernelSize, this.#options);
  }
}
