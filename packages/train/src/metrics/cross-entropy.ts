import { ArgumentError } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { MeanCrossEntropy } from './mean-cross-entropy.ts';
import type { Metric, MetricState } from './metric.ts';

/** Options of {@link CrossEntropy}. */
export interface CrossEntropyOptions {
  /** Nats have the natural logarithm, bits that of base 2: of a character model, bits a character. Default `'nats'`. */
  readonly unit?: 'nats' | 'bits' | undefined;
  /** A class number whose elements do not count. Default -100. */
  readonly ignoreIndex?: number | undefined;
}

const nats = { nats: 1, bits: Math.LN2 } as const;

/**
 * How surprising the truth is to a model, $-\frac{1}{n} \sum_n \log p_{n, y_n}$ over all elements that count: the mean of the loss, where batches
 * have different numbers of them, and in bits if so wished.
 *
 * Takes logits `[n, c, ...]` and class numbers `[n, ...]`, or probabilities `[n, c, ...]`.
 *
 * @example
 * const bits = new CrossEntropy({ unit: 'bits' });
 * bits.update(tensor([[0, 0, 0, 0]]), tensor([2], { dtype: 'int32' }));
 * await bits.compute() // 2
 */
export class CrossEntropy implements Metric {
  readonly #mean: MeanCrossEntropy;
  readonly #unit: number;

  /** @throws {@link ArgumentError} for a unit that is none */
  constructor({ unit = 'nats', ignoreIndex = -100 }: CrossEntropyOptions = {}) {
    if (!Object.hasOwn(nats, unit)) throw new ArgumentError('CrossEntropy', `unit must be nats or bits, got ${String(unit)}`);
    this.#mean = new MeanCrossEntropy(ignoreIndex);
    this.#unit = nats[unit];
  }

  /** @throws {@link ShapeError} or {@link DTypeError} as `crossEntropy` of `@dl/layers` does */
  update(output: Tensor, target: Tensor): void {
    this.#mean.add(output, target);
  }

  /** NaN before anything counted. */
  async compute(): Promise<number> {
    return (await this.#mean.read()) / this.#unit;
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
   * Takes over what {@link CrossEntropy.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#mean.restore('CrossEntropy', state);
  }
}
