import { hardSwish, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Piecewise quadratic swish, $y = x \min(\max(x + 3, 0), 6) / 6$; see {@link hardSwish}.
 *
 * @example
 * await new Hardswish().forward(tensor([1.5, 5])).data() // Float32Array [1.125, 5]
 */
export class Hardswish extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return hardSwish(x);
  }
}
