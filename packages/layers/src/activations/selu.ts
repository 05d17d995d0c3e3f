import { selu, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Self-normalising exponential linear unit, $y = \lambda \, \operatorname{elu}(x, \alpha)$ with constants that keep mean 0 and variance 1; see {@link selu}.
 *
 * @example
 * await new SELU().forward(tensor([0, 1])).data() // Float32Array [0, 1.050701]
 */
export class SELU extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return selu(x);
  }
}
