import { flatten, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Joins axes into one: between the convolutions and the fully connected part of a network.
 *
 * @example
 * new Flatten().forward(ones([5, 16, 4, 4])).shape // [5, 256]
 */
export class Flatten extends Module implements Layer {
  readonly #startAxis: number;
  readonly #endAxis: number;

  /** @param startAxis - the first axis joined; 1 keeps the batch */
  constructor(startAxis = 1, endAxis = -1) {
    super();
    this.#startAxis = startAxis;
    this.#endAxis = endAxis;
  }

  /**
   * @param x - any shape with these axes
   * @throws {@link ShapeError} for an axis out of range
   */
  override forward(x: Tensor): Tensor {
    return flatten(x, this.#startAxis, this.#endAxis);
  }
}
