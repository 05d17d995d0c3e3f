import { type MaxPool1dOptions, maxPool1d, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * The largest value of each window; options and equation at {@link maxPool1d}. The stride is the kernel size unless said.
 *
 * @example
 * new MaxPool1d(2).forward(ones([1, 3, 8])).shape // [1, 3, 4]
 */
export class MaxPool1d extends Module implements Layer {
  readonly #kernelSize: number;
  readonly #options: MaxPool1dOptions;

  constructor(kernelSize: number, options: MaxPool1dOptions = {}) {
    super();
    this.#kernelSize = kernelSize;
    this.#options = options;
  }

  /**
   * @param x - `[n, c, l]`
   * @returns `[n, c, ol]`
   */
  override forward(x: Tensor): Tensor {
    return maxPool1d(x, this.#kernelSize, this.#options);
  }
}
