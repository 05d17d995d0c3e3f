import { ArgumentError } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import { type CalibrationBin, CalibrationBins, type CalibrationOptions } from './calibration-bins.ts';
import type { Metric, MetricState } from './metric.ts';

/** Options of {@link CalibrationError}. */
export interface CalibrationErrorOptions extends CalibrationOptions {
  /** The mean distance (ECE), the root of the mean square, or the largest (MCE), each weighed by the samples of a bin but the last. Default `'l1'`. */
  readonly norm?: 'l1' | 'l2' | 'max' | undefined;
}

type Gap = { readonly share: number; readonly gap: number };

const norms = {
  l1: (gaps: readonly Gap[]) => gaps.reduce((sum, { share, gap }) => sum + share * gap, 0),
  l2: (gaps: readonly Gap[]) => Math.sqrt(gaps.reduce((sum, { share, gap }) => sum + share * gap ** 2, 0)),
  max: (gaps: readonly Gap[]) => Math.max(...gaps.map(({ gap }) => gap)),
} as const;

/**
 * How far a classifier's confidence is from how often it is right: $\sum_b \frac{n_b}{n} |\mathrm{acc}_b - \mathrm{conf}_b|$ over bins of its highest
 * probability, the expected calibration error.
 *
 * Takes logits `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * const error = new CalibrationError({ bins: 10 });
 * error.update(tensor([[Math.log(3), 0], [Math.log(3), 0]]), tensor([0, 1], { dtype: 'int32' }));
 * await error.compute() // 0.25
 * @see Guo, Pleiss, Sun & Weinberger, On calibration of modern neural networks, 2017, section 2
 */
export class CalibrationError implements Metric {
  readonly #bins: CalibrationBins;
  readonly #norm: keyof typeof norms;

  /** @throws {@link ArgumentError} unless `bins` is a positive integer, and for a norm that is none */
  constructor({ norm = 'l1', ...options }: CalibrationErrorOptions = {}) {
    if (!Object.hasOwn(norms, norm))
      throw new ArgumentError('CalibrationError', `norm must be l1, l2 or max, got ${String(norm)}`);
    this.#bins = new CalibrationBins('CalibrationError', options);
    this.#norm = norm;
  }

  /** @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores */
  update(output: Tensor, target: Tensor): void {
    this.#bins.add(output, target);
  }

  /** Between 0 and 1; NaN before the first batch. */
  async compute(): Promise<number> {
    const bins = (await this.#bins.read()).filter(({ count }) => count > 0);
    return bins.length === 0 ? Number.NaN : norms[this.#norm](gapsOf(bins));
  }

  /** Starts over. */
  reset(): void {
    this.#bins.reset();
  }

  /** What it has gathered, to save. */
  state(): Promise<MetricState> {
    return this.#bins.state();
  }

  /**
   * Takes over what {@link CalibrationError.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#bins.restore(state);
  }
}

function gapsOf(bins: readonly CalibrationBin[]): Gap[] {
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  return bins.map(({ count, confidence, accuracy }) => ({ share: count / total, gap: Math.abs(accuracy - confidence) }));
}
