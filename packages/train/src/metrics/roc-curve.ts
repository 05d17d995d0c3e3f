import type { Tensor } from '@dl/tensor';
import { binaryScores } from './binary-scores.ts';
import { DeviceRows } from './device-rows.ts';
import type { Metric, MetricState } from './metric.ts';
import { type Roc, roc } from './roc.ts';

/** Options of {@link RocCurve}. */
export interface RocCurveOptions {
  /** Of logits of several classes the one that is told from the others; one score a sample has no need of it. */
  readonly positive?: number | undefined;
}

/**
 * The receiver operating characteristic over all samples: see {@link roc}. {@link rocSvg} draws it. Keeps a score of each on the device until
 * the reset.
 *
 * Takes scores `[n]` or `[n, 1]` and 0 or 1 for each, or logits `[n, c]` and class numbers `[n]`, of which it looks at class `positive`.
 *
 * @example
 * const curve = new RocCurve();
 * curve.update(tensor([0.1, 0.4, 0.35, 0.8]), tensor([0, 0, 1, 1], { dtype: 'int32' }));
 * const { auc, equalErrorRate } = await curve.compute();
 * [auc, equalErrorRate] // [0.75, 0.5]
 */
export class RocCurve implements Metric<Roc> {
  readonly #positive: number | undefined;
  readonly #rows: DeviceRows<'scores' | 'truth'> = new DeviceRows(['scores', 'truth']);

  constructor({ positive }: RocCurveOptions = {}) {
    this.#positive = positive;
  }

  /**
   * @throws {@link ShapeError} or {@link DTypeError} when scores and target do not fit
   * @throws {@link ArgumentError} when `positive` is no class of logits
   */
  update(output: Tensor, target: Tensor): void {
    this.#rows.add(() => binaryScores('RocCurve', output, target, this.#positive));
  }

  /** From the strictest threshold to the most lenient. */
  async compute(): Promise<Roc> {
    const [scores, truth] = [await this.#rows.read('scores'), await this.#rows.read('truth')];
    return roc(scores?.data ?? [], truth?.data ?? []);
  }

  /** Starts over. */
  reset(): void {
    this.#rows.reset();
  }

  /** What it has gathered, to save. */
  state(): Promise<MetricState> {
    return this.#rows.state();
  }

  /**
   * Takes over what {@link RocCurve.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#rows.restore('RocCurve', state);
  }
}
