import { alias, mul, type Tensor } from '@dl/tensor';
import { checkShare } from '../functional/check-share.ts';
import { dropout } from '../functional/dropout.ts';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/** Options of {@link Dropout}. */
export interface DropoutLayerOptions {
  /**
   * When outputs are brought to one expected value: `true` in training, where survivors are divided by $1 - p$ (PyTorch's, called inverted);
   * `false` in inference, where everything is multiplied by $1 - p$ (the paper's: half the weights). Default `true`.
   */
  readonly rescale?: boolean | undefined;
}

/**
 * Dropout while training, of other elements in each mini-batch, and its input otherwise; see {@link dropout}.
 *
 * `p` is the share that is dropped, as in PyTorch. Where a text says $p$ for the probability to keep a unit, take `new Dropout(1 - p)`; where it
 * multiplies weights by $p$ at test time, say `rescale: false`.
 *
 * @example
 * const layer = new Dropout(0.5);
 * await layer.forward(tensor([1, 2])).data() // Float32Array [1, 2]
 * layer.forward(ones([4]), { training: true, rng: new Rng(1) }).shape // [4]
 * await new Dropout(0.25, { rescale: false }).forward(tensor([1, 2])).data() // Float32Array [0.75, 1.5]
 * @see Srivastava et al., 2014
 */
export class Dropout extends Module implements Layer {
  readonly #p: number;
  readonly #rescale: boolean;

  /**
   * @param p - the share of elements that become 0
   * @throws {@link ArgumentError} unless it is in [0, 1]
   */
  constructor(p = 0.5, { rescale = true }: DropoutLayerOptions = {}) {
    super();
    checkShare('Dropout', p);
    this.#p = p;
    this.#rescale = rescale;
  }

  /** @param x - any shape, float */
  override forward(x: Tensor, { training = false, rng }: ForwardOptions = {}): Tensor {
    if (training) return dropout(x, { p: this.#p, rescale: this.#rescale, rng });
    return this.#rescale ? alias(x) : mul(x, 1 - this.#p);
  }
}
