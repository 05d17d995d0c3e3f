import { sigmoid, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Logistic function, $y = 1 / (1 + e^{-x})$; see {@link sigmoid}.
 *
 * @example
 * await new Sigmoid().forward(tensor([0])).data() // Float32Array [0.5]
 */
export class Sigmoid extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return sigmoid(x);
  }
}
