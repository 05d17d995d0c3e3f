import { normalizeAxis, type Shape } from '@dl/kernels';
import { reshape, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Spreads one axis over several: undoes {@link Flatten}.
 *
 * @example
 * new Unflatten(1, [2, 3]).forward(ones([4, 6])).shape // [4, 2, 3]
 */
export class Unflatten extends Module implements Layer {
  readonly #axis: number;
  readonly #shape: Shape;

  /** @param shape - extents whose product is the axis's own */
  constructor(axis: number, shape: Shape) {
    super();
    this.#axis = axis;
    this.#shape = shape;
  }

  /** @throws {@link ShapeError} where the extents do not multiply to the axis's, or there is no such axis */
  override forward(x: Tensor): Tensor {
    const axis = normalizeAxis('Unflatten', this.#axis, x.rank);
    return reshape(x, [...x.shape.slice(0, axis), ...this.#shape, ...x.shape.slice(axis + 1)]);
  }
}
