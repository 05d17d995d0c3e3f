import { softmax, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Probabilities along an axis, $y_i = e^{x_i} / \sum_j e^{x_j}$; see {@link softmax}.
 *
 * @example
 * await new Softmax().forward(tensor([[0, 0]])).array() // [[0.5, 0.5]]
 */
export class Softmax extends Module implements Layer {
  readonly #axis: number;

  /** @param axis - of the classes */
  constructor(axis = -1) {
    super();
    this.#axis = axis;
  }

  /** @param x - any shape with this axis, float */
  override forward(x: Tensor): Tensor {
    return softmax(x, this.#axis);
  }
}
