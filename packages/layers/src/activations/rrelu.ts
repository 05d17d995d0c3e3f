import type { Tensor } from '@dl/tensor';
import { checkSlopes, type RreluOptions, rrelu } from '../functional/rrelu.ts';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Leaky rectifier whose slopes are random in training, and their mean otherwise; see {@link rrelu}.
 *
 * @example
 * const layer = new RReLU({ lower: 0, upper: 1 });
 * await layer.forward(tensor([-6, 2])).data() // Float32Array [-3, 2]
 * layer.forward(ones([4]), { training: true, rng: new Rng(1) }).shape // [4]
 */
export class RReLU extends Module implements Layer {
  readonly #lower: number;
  readonly #upper: number;

  /** @throws {@link ArgumentError} for `lower` above `upper` */
  constructor({ lower = 1 / 8, upper = 1 / 3 }: Pick<RreluOptions, 'lower' | 'upper'> = {}) {
    super();
    checkSlopes('RReLU', lower, upper);
    this.#lower = lower;
    this.#upper = upper;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return rrelu(x, { ...options, lower: this.#lower, upper: this.#upper });
  }
}
