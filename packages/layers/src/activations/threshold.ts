import { type Tensor, threshold } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Replaces what is not above a threshold, $y = x$ where $x > \theta$, else a value; see {@link threshold}.
 *
 * @example
 * await new Threshold(1, 20).forward(tensor([-1, 0.5, 2])).data() // Float32Array [20, 20, 2]
 */
export class Threshold extends Module implements Layer {
  readonly #threshold: number;
  readonly #value: number;

  /**
   * @param threshold - the greatest input that is replaced
   * @param value - what replaces it
   */
  constructor(threshold: number, value: number) {
    super();
    this.#threshold = threshold;
    this.#value = value;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor): Tensor {
    return threshold(x, { threshold: this.#threshold, value: this.#value });
  }
}
