import { type AvgPool1dOptions, avgPool1d, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * The mean of each window; options and equation at {@link avgPool1d}. The stride is the kernel size unless said.
 *
 * @example
 * new AvgPool1d(2).forward(ones([1, 3, 8])).shape // [1, 3, 4]
 */
export class AvgPool1d extends Module implements Layer {
  readonly #kernelSize: number;
  readonly #options: AvgPool1dOptions;

  constructor(kernelSize: number, options: AvgPool1dOptions = {}) {
    super();
    this.#kernelSize = kernelSize;
    this.#options = options;
  }

  /**
   * @param x - `[n, c, l]`
   * @returns `[n, c, ol]`
   */
  override forward(x: Tensor): Tensor {
    return avgPool1d(x, this.#kernelSize, this.#options);
  }
}
