import type { Shape } from '@dl/kernels';
import { ones, Parameter, rmsNorm, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { checkEps } from './check-eps.ts';
import { checkEnd, normalizedShapeOf } from './normalized-shape.ts';

/** Options of {@link RMSNorm}. */
export interface RMSNormOptions {
  /** Added to the mean square. Default: the distance from 1 to the next number of the input's dtype. */
  readonly eps?: number | undefined;
  /** Whether a scale an element is learnt. Default `true`. */
  readonly elementwiseAffine?: boolean | undefined;
}

/**
 * Root-mean-square normalisation: {@link LayerNorm} without a mean and a shift; see {@link rmsNorm}.
 *
 * @example
 * await new RMSNorm(2).forward(tensor([[3, -3]])).array() // [[1, -1]]
 * @see Zhang & Sennrich, Root mean square layer normalization, 2019
 */
export class RMSNorm extends Module implements Layer {
  /** Of the normalised shape, first 1. */
  readonly weight: Parameter | undefined;
  readonly #shape: Shape;
  readonly #eps: number | undefined;

  /**
   * @param normalizedShape - the last extents of the input; one number for the last axis alone
   * @throws {@link ArgumentError} unless they are positive integers, at least one, and `eps` is not negative
   */
  constructor(normalizedShape: number | Shape, { eps, elementwiseAffine = true }: RMSNormOptions = {}) {
    super();
    const shape = normalizedShapeOf('RMSNorm', normalizedShape);
    if (eps !== undefined) checkEps('RMSNorm', eps);
    this.weight = elementwiseAffine ? new Parameter(ones(shape)) : undefined;
    this.#shape = shape;
    this.#eps = eps;
  }

  /**
   * @param x - `[..., ...normalizedShape]`
   * @returns same shape
   * @throws {@link ShapeError} when the last axes have other extents
   */
  override forward(x: Tensor): Tensor {
    checkEnd('RMSNorm', x, this.#shape);
    return rmsNorm(x, this.#shape, { weight: this.weight, eps: this.#eps });
  }
}
