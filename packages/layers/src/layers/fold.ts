import { fold, type NumberOrPair, type Tensor, type UnfoldOptions } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Adds columns back up to images: the adjoint of {@link Unfold}.
 *
 * @example
 * new Fold([5, 5], 3).forward(ones([1, 18, 9])).shape // [1, 2, 5, 5]
 */
export class Fold extends Module implements Layer {
  readonly #size: NumberOrPair;
  readonly #kernelSize: NumberOrPair;
  readonly #options: UnfoldOptions;

  /** @param size - height and width of the images */
  constructor(size: NumberOrPair, kernelSize: NumberOrPair, options: UnfoldOptions = {}) {
    super();
    this.#size = size;
    this.#kernelSize = kernelSize;
    this.#options = options;
  }

  /**
   * @param x - `[n, c * kh * kw, l]`
   * @returns `[n, c, ...size]`
   */
  override forward(x: Tensor): Tensor {
    return fold(x, this.#size, this.#kernelSize, this.#options);
  }
}
