import { mish, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Mish, $y = x \tanh(\ln(1 + e^x))$; see {@link mish}.
 *
 * @example
 * await new Mish().forward(tensor([0, 1])).data() // Float32Array [0, 0.8650984]
 */
export class Mish extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return mish(x);
  }
}
