import { neg, softmax, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Probabilities along an axis that favour the smallest, $y_i = e^{-x_i} / \sum_j e^{-x_j}$: {@link softmax} of $-x$.
 *
 * @example
 * await new Softmin().forward(tensor([0, Math.log(3)])).data() // Float32Array [0.75, 0.25]
 */
export class Softmin extends Module implements Layer {
  readonly #axis: number;

  /** @param axis - of the classes */
  constructor(axis = -1) {
    super();
    this.#axis = axis;
  }

  /** @param x - any shape with this axis, float */
  override forward(x: Tensor): Tensor {
    return softmax(neg(x), this.#axis);
  }
}
