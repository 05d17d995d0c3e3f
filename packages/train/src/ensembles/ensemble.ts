import { type ForwardOptions, type Layer, Module } from '@dl/layers';
import type { Tensor } from '@dl/tensor';
import { type Combine, checkCombine, combine } from './combine.ts';

/** Options of {@link Ensemble}. */
export interface EnsembleOptions {
  /** Default `'mean'`. */
  readonly combine?: Combine | undefined;
}

/**
 * Several classifiers as one, such as one network from several random starts. By vote the class is
 * $\arg\max_c \sum_m [\arg\max_k f_m(x)_k = c]$, ties going to the higher mean probability; by mean it is $\arg\max_c \sum_m p_m(x)_c$. What it returns
 * are logits: their softmax is the mean of the probabilities, or the shares of the votes, of which the mean has one.
 *
 * @example
 * const says = (...logits: number[]) => new Lambda(() => tensor([logits]));
 * const three = [says(1, 0), says(1, 0), says(0, 9)];
 * await argMax(new Ensemble(three, { combine: 'vote' }).forward(zeros([1, 2])), 1).data() // Int32Array [0]
 * await argMax(new Ensemble(three, { combine: 'mean' }).forward(zeros([1, 2])), 1).data() // Int32Array [1]
 * @see Hansen & Salamon, Neural network ensembles, 1990
 */
export class Ensemble extends Module implements Layer {
  readonly models: readonly Layer[];
  readonly #combine: Combine;

  /** @throws {@link ArgumentError} for no model, or a way to combine that is none */
  constructor(models: readonly Layer[], { combine: how = 'mean' }: EnsembleOptions = {}) {
    super();
    checkCombine('Ensemble', 'a model', models.length, how);
    this.models = models;
    this.#combine = how;
  }

  /**
   * @param x - what every model takes
   * @param options - handed to every model
   * @returns logits `[n, c, ...]`
   * @throws {@link ShapeError} when the models do not give logits of one shape
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return combine(
      'Ensemble',
      this.models.map((model) => model.forward(x, options)),
      this.#combine,
    );
  }
}
