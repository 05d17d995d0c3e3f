import { type NormalizeOptions, normalize, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Vectors brought to length 1, by default over the channels: what ends a network whose outputs are compared by angle; see {@link normalize}.
 *
 * @example
 * await new Normalize().forward(tensor([[3, 4]])).array() // [[0.6, 0.8]]
 */
export class Normalize extends Module implements Layer {
  readonly #options: NormalizeOptions;

  constructor(options: NormalizeOptions = {}) {
    super();
    this.#options = options;
  }

  /** @param x - any shape with the axis, float */
  override forward(x: Tensor): Tensor {
    return normalize(x, this.#options);
  }
}
