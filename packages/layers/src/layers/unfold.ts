import { type NumberOrPair, type Tensor, type UnfoldOptions, unfold } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * The windows of images as columns; their order is at {@link unfold}.
 *
 * @example
 * new Unfold(3).forward(ones([1, 2, 5, 5])).shape // [1, 18, 9]
 */
export class Unfold extends Module implements Layer {
  readonly #kernelSize: NumberOrPair;
  readonly #options: UnfoldOptions;

  constructor(kernelSize: NumberOrPair, options: UnfoldOptions = {}) {
    super();
    this.#kernelSize = kernelSize;
    this.#options = options;
  }

  /**
   * @param x - `[n, c, h, w]`
   * @returns `[n, c * kh * kw, oh * ow]`
   */
  override forward(x: Tensor): Tensor {
    return unfold(x, this.#kernelSize, this.#options);
  }
}
