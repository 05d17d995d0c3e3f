import { glu, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Gated linear unit, $y = a \, \sigma(b)$ of the two halves along an axis; see {@link glu}.
 *
 * @example
 * await new GLU().forward(tensor([3, 5, 0, 100])).data() // Float32Array [1.5, 5]
 */
export class GLU extends Module implements Layer {
  readonly #axis: number;

  /** @param axis - of the halves */
  constructor(axis = -1) {
    super();
    this.#axis = axis;
  }

  /** @param x - any shape with an even extent at this axis, float */
  override forward(x: Tensor): Tensor {
    return glu(x, this.#axis);
  }
}
