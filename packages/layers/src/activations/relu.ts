import { relu, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Rectified linear unit, $y = \max(x, 0)$; see {@link relu}.
 *
 * @example
 * await new ReLU().forward(tensor([-1, 2])).data() // Float32Array [0, 2]
 */
export class ReLU extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return relu(x);
  }
}
