import { type GeluOptions, gelu, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Gaussian error linear unit, $y = x \, \Phi(x)$; see {@link gelu}.
 *
 * @example
 * await new GELU().forward(tensor([0, 1])).data() // Float32Array [0, 0.8413447]
 */
export class GELU extends Module implements Layer {
  readonly #options: GeluOptions;

  constructor(options: GeluOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return gelu(x, this.#options);
  }
}
