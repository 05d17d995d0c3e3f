import type { Shape } from '@dl/kernels';
import { layerNorm, ones, Parameter, type Tensor, zeros } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { checkEps } from './check-eps.ts';
import { checkEnd, normalizedShapeOf } from './normalized-shape.ts';

/** Options of {@link LayerNorm}. */
export interface LayerNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number | undefined;
  /** Whether a scale and a shift an element are learnt. Default `true`. */
  readonly elementwiseAffine?: boolean | undefined;
}

/**
 * Layer normalisation, $y = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} \gamma + \beta$, with mean and biased variance over the last axes of each
 * example: no example depends on another, and training is as inference.
 *
 * @example
 * const layer = new LayerNorm(4);
 * await layer.forward(tensor([[1, 1, 3, 3]])).data() // Float32Array [-1, -1, 1, 1]
 * @see Ba, Kiros & Hinton, Layer normalization, 2016
 */
export class LayerNorm extends Module implements Layer {
  /** $\gamma$, of the normalised shape, first 1. */
  readonly weight: Parameter | undefined;
  /** $\beta$, of the normalised shape, first 0. */
  readonly bias: Parameter | undefined;
  readonly #shape: Shape;
  readonly #eps: number;

  /**
   * @param normalizedShape - the last extents of the input; one number for the last axis alone
   * @throws {@link ArgumentError} unless they are positive integers, at least one, and `eps` is not negative
   */
  constructor(normalizedShape: number | Shape, { eps = 1e-5, elementwiseAffine = true }: LayerNormOptions = {}) {
    super();
    const shape = normalizedShapeOf('LayerNorm', normalizedShape);
    checkEps('LayerNorm', eps);
    this.weight = elementwiseAffine ? new Parameter(ones(shape)) : undefined;
    this.bias = elementwiseAffine ? new Parameter(zeros(shape)) : undefined;
    this.#shape = shape;
    this.#eps = eps;
  }

  /**
   * @param x - `[..., ...normalizedShape]`
   * @returns same shape
   * @throws {@link ShapeError} when the last axes have other extents
   */
  override forward(x: Tensor): Tensor {
    checkEnd('LayerNorm', x, this.#shape);
    return layerNorm(x, this.#shape, { weight: this.weight, bias: this.bias, eps: this.#eps });
  }
}
