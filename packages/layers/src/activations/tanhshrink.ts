import { type Tensor, tanhshrink } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Shrinkage by the hyperbolic tangent, $y = x - \tanh x$; see {@link tanhshrink}.
 *
 * @example
 * await new Tanhshrink().forward(tensor([0, 1])).data() // Float32Array [0, 0.2384]
 */
export class Tanhshrink extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return tanhshrink(x);
  }
}
