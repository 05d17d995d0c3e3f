import { type MaxoutOptions, maxout, type Tensor } from '@dl/tensor';
import { checkCount } from '../layers/check-count.ts';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * The maximum over groups of neighbouring channels, a max pooling over depth; see {@link maxout}. After a convolution to `pieces` filters a
 * feature, each feature is the best match of any of its filters: of copies turned by different angles, say.
 *
 * @example
 * const layer = new Sequential(new Conv2d(3, 8, 3), new Maxout(4));
 * layer.forward(ones([1, 3, 5, 5])).shape // [1, 2, 3, 3]
 */
export class Maxout extends Module implements Layer {
  readonly #pieces: number;
  readonly #options: MaxoutOptions;

  /**
   * @param pieces - the channels in a group
   * @throws {@link ArgumentError} unless it is a positive integer
   */
  constructor(pieces: number, options: MaxoutOptions = {}) {
    super();
    checkCount('Maxout', 'pieces', pieces);
    this.#pieces = pieces;
    this.#options = options;
  }

  /**
   * @param x - `[n, c, ...]`, float
   * @returns `[n, c / pieces, ...]`
   * @throws {@link ShapeError} unless `pieces` divides the channels
   */
  override forward(x: Tensor): Tensor {
    return maxout(x, this.#pieces, this.#options);
  }
}
