import { silu, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Sigmoid linear unit, $y = x \, \sigma(x)$, also called swish; see {@link silu}.
 *
 * @example
 * await new SiLU().forward(tensor([0])).data() // Float32Array [0]
 */
export class SiLU extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return silu(x);
  }
}
