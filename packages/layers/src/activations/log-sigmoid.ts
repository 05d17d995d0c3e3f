import { logSigmoid, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Logarithm of the logistic function, $y = -\ln(1 + e^{-x})$; see {@link logSigmoid}.
 *
 * @example
 * await new LogSigmoid().forward(tensor([0])).data() // Float32Array [-0.6931472]
 */
export class LogSigmoid extends Module implements Layer {
  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return logSigmoid(x);
  }
}
