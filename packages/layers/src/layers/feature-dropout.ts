import { formatShape, ShapeError } from '@dl/kernels';
import { alias, type Tensor } from '@dl/tensor';
import { checkShare } from '../functional/check-share.ts';
import { featureDropout } from '../functional/feature-dropout.ts';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/** What {@link Dropout1d}, {@link Dropout2d} and {@link Dropout3d} have in common: all but the number of axes. */
export abstract class FeatureDropout extends Module implements Layer {
  readonly #p: number;

  /**
   * @param p - the share of channels that become 0
   * @throws {@link ArgumentError} unless it is in [0, 1]
   */
  constructor(p = 0.5) {
    super();
    checkShare(this.constructor.name, p);
    this.#p = p;
  }

  /** How many axes an input has. */
  protected abstract get rank(): number;

  /**
   * @param x - `[n, c, ...]`, float
   * @returns same shape
   * @throws {@link ShapeError} for another number of axes
   */
  override forward(x: Tensor, { training = false, rng }: ForwardOptions = {}): Tensor {
    if (x.rank !== this.rank) {
      throw new ShapeError(this.constructor.name, `x must have ${this.rank} axes, got ${formatShape(x.shape)}`);
    }
    return training ? featureDropout(x, { p: this.#p, rng }) : alias(x);
  }
}
