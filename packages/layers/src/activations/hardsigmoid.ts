import { hardSigmoid, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Piecewise linear sigmoid, $y = \min(\max(x + 3, 0), 6) / 6$; see {@link hardSigmoid}.
 *
 * @example
 * await new Hardsigmoid().forward(tensor([-4, 0, 1.5])).data() // Float32Array [0, 0.5, 0.75]
 */
export class Hardsigmoid extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return hardSigmoid(x);
  }
}
