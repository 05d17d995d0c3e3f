import { alias, type Tensor } from '@dl/tensor';
import { alphaDropout } from '../functional/alpha-dropout.ts';
import { checkShare } from '../functional/check-share.ts';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/**
 * Dropout for networks of SELUs while training, its input otherwise; see {@link alphaDropout}.
 *
 * @example
 * const layer = new AlphaDropout(0.1);
 * await layer.forward(tensor([1, 2])).data() // Float32Array [1, 2]
 * layer.forward(randn([4]), { training: true, rng: new Rng(1) }).shape // [4]
 */
export class AlphaDropout extends Module implements Layer {
  readonly #p: number;

  /**
   * @param p - the share of elements that drop
   * @throws {@link ArgumentError} unless it is in [0, 1]
   */
  constructor(p = 0.5) {
    super();
    checkShare('AlphaDropout', p);
    this.#p = p;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor, { training = false, rng }: ForwardOptions = {}): Tensor {
    return training ? alphaDropout(x, { p: this.#p, rng }) : alias(x);
  }
}
