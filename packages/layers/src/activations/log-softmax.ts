import { logSoftmax, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Log-probabilities along an axis, $y_i = x_i - \log \sum_j e^{x_j}$; see {@link logSoftmax}.
 *
 * @example
 * await new LogSoftmax().forward(tensor([[0, 0]])).array() // [[-0.6931472, -0.6931472]]
 */
export class LogSoftmax extends Module implements Layer {
  readonly #axis: number;

  /** @param axis - of the classes */
  constructor(axis = -1) {
    super();
    this.#axis = axis;
  }

  /** @param x - any shape with this axis, float */
  override forward(x: Tensor): Tensor {
    return logSoftmax(x, this.#axis);
  }
}
