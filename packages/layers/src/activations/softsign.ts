import { softsign, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Rational relative of tanh, $y = x / (1 + |x|)$; see {@link softsign}.
 *
 * @example
 * await new Softsign().forward(tensor([-1, 3])).data() // Float32Array [-0.5, 0.75]
 */
export class Softsign extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return softsign(x);
  }
}
