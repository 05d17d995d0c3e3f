import type { Tensor } from '@dl/tensor';
import { MeanCrossEntropy } from './mean-cross-entropy.ts';
import type { Metric, MetricState } from './metric.ts';

/** Options of {@link Perplexity}. */
export interface PerplexityOptions {
  /** A class number whose elements do not count: padding. Default -100. */
  readonly ignoreIndex?: number | undefined;
}

/**
 * Between how many equally probable tokens a language model wavers, $\exp(-\frac{1}{n} \sum_n \log p_{n, y_n})$ over all tokens that count.
 *
 * Takes logits `[n, c, ...]` and token numbers `[n, ...]`: for sequences `[n, tokens, t]` and `[n, t]`.
 *
 * @example
 * const perplexity = new Perplexity();
 * perplexity.update(tensor([[0, 0, 0, 0]]), tensor([2], { dtype: 'int32' }));
 * await perplexity.compute() // 4
 * @see Jelinek, Mercer, Bahl & Baker, Perplexity: a measure of the difficulty of speech recognition tasks, 1977
 */
export class Perplexity implements Metric {
  readonly #mean: MeanCrossEntropy;

  constructor({ ignoreIndex = -100 }: PerplexityOptions = {}) {
    this.#mean = new MeanCrossEntropy(ignoreIndex);
  }

  /** @throws {@link ShapeError} or {@link DTypeError} as `crossEntropy` of `@dl/layers` does */
  update(output: Tensor, target: Tensor): void {
    this.#mean.add(output, target);
  }

  /** At least 1; NaN before anything counted. */
  async compute(): Promise<number> {
    return Math.exp(await this.#mean.read());
  }

  /** Starts over. */
  reset(): void {
    this.#mean.reset();
  }

  /** What it has gathered, to save. */
  state(): Promise<MetricState> {
    return this.#mean.state();
  }

  /**
   * Takes over what {@link Perplexity.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#mean.restore('Perplexity', state);
  }
}
