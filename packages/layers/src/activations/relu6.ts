import { relu6, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Rectifier with a ceiling, $y = \min(\max(x, 0), 6)$; see {@link relu6}.
 *
 * @example
 * await new ReLU6().forward(tensor([-1, 2, 9])).data() // Float32Array [0, 2, 6]
 */
export class ReLU6 extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return relu6(x);
  }
}
