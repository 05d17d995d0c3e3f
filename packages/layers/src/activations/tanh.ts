import { type Tensor, tanh } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Hyperbolic tangent; see {@link tanh}.
 *
 * @example
 * await new Tanh().forward(tensor([0])).data() // Float32Array [0]
 */
export class Tanh extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return tanh(x);
  }
}
