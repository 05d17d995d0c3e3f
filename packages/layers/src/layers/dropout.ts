import { ArgumentError } from '@dl/kernels';
import { alias, type Tensor } from '@dl/tensor';
import { dropout } from '../functional/dropout.ts';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Dropout while training, its input otherwise; see {@link dropout}.
 *
 * @example
 * const layer = new Dropout(0.5);
 * await layer.forward(tensor([1, 2])).data() // Float32Array [1, 2]
 * layer.forward(ones([4]), { training: true, rng: new Rng(1) }).shape // [4]
 */
export class Dropout extends Module implements Layer {
  readonly #p: number;

  /**
   * @param p - the share of elements that become 0
   * @throws {@link ArgumentError} unless it is in [0, 1]
   */
  constructor(p = 0.5) {
    super();
    if (!(p >= 0 && p <= 1)) throw new ArgumentError('Dropout', `p must be in [0, 1], got ${p}`);
    this.#p = p;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor, { training = false, rng }: ForwardOptions = {}): Tensor {
    return training ? dropout(x, { p: this.#p, rng }) : alias(x);
  }
}
