import { ArgumentError } from '@dl/kernels';
import {
  argMax,
  cast,
  ceil,
  clamp,
  equal,
  flatten,
  max,
  mul,
  onesLike,
  scatterAdd,
  softmax,
  stack,
  sub,
  type Tensor,
  zeros,
} from '@dl/tensor';
import { classTarget } from './class-target.ts';
import { DeviceTotal } from './device-total.ts';
import type { MetricState } from './metric.ts';
import { tensorOf } from './metric-state.ts';

/** The samples whose highest probability lies in one bin. */
export interface CalibrationBin {
  /** Probabilities above this, or 0 itself. */
  readonly low: number;
  /** Up to this, inclusive. */
  readonly high: number;
  readonly count: number;
  /** Their mean highest probability; NaN without samples. */
  readonly confidence: number;
  /** The share of them whose class it was; NaN without samples. */
  readonly accuracy: number;
}

/** Options of {@link ReliabilityDiagram}. */
export interface CalibrationOptions {
  /** How many bins of equal width [0, 1] has. Default 15. */
  readonly bins?: number | undefined;
}

/** Confidence and hits by bin, counted on the device on behalf of a metric. */
export class CalibrationBins {
  readonly #op: string;
  readonly #bins: number;
  /** Integers, since a float32 counts no further than to 2²⁴. */
  readonly #counts: DeviceTotal = new DeviceTotal();
  readonly #confidences: DeviceTotal = new DeviceTotal();

  /** @throws {@link ArgumentError} unless `bins` is a positive integer */
  constructor(op: string, { bins = 15 }: CalibrationOptions) {
    if (!Number.isInteger(bins) || bins < 1) throw new ArgumentError(op, `bins must be a positive integer, got ${bins}`);
    this.#op = op;
    this.#bins = bins;
  }

  /** Takes in logits `[n, c, ...]` and a target of classes. */
  add(output: Tensor, target: Tensor): void {
    const bins = this.#bins;
    const { backend } = output;
    const sorted = (): { confidence: Tensor; bin: Tensor } => {
      const confidence = flatten(max(softmax(output, 1), 1));
      return { confidence, bin: clamp(sub(cast(ceil(mul(confidence, bins)), 'int32'), 1), { min: 0, max: bins - 1 }) };
    };
    this.#counts.add(() => {
      const hits = flatten(cast(equal(argMax(output, 1), classTarget(this.#op, output, target)), 'int32'));
      const { bin } = sorted();
      const none = zeros([bins], { dtype: 'int32', backend });
      return stack([scatterAdd(none, bin, onesLike(bin), 0), scatterAdd(none, bin, hits, 0)]);
    });
    this.#confidences.add(() => {
      const { confidence, bin } = sorted();
      return scatterAdd(zeros([bins], { dtype: confidence.dtype, backend }), bin, confidence, 0);
    });
  }

  /** From the lowest probabilities to the highest. */
  async read(): Promise<readonly CalibrationBin[]> {
    const bins = this.#bins;
    const [read, sums] = await Promise.all([this.#counts.read(), this.#confidences.read()]);
    const counts = read ?? new Float64Array(2 * bins);
    return Array.from({ length: bins }, (_, i) => ({
      low: i / bins,
      high: (i + 1) / bins,
      count: counts[i],
      confidence: (sums?.[i] ?? 0) / counts[i],
      accuracy: counts[bins + i] / counts[i],
    }));
  }

  /** Back to nothing. */
  reset(): void {
    this.#counts.reset();
    this.#confidences.reset();
  }

  /** The counts and sums, to save. */
  async state(): Promise<MetricState> {
    const [counts, confidences] = await Promise.all([this.#counts.state(), this.#confidences.state()]);
    return { counts, confidences };
  }

  /** Takes over what {@link CalibrationBins.state} gave. */
  restore(state: MetricState): void {
    this.#counts.restore(tensorOf(this.#op, state, 'counts'));
    this.#confidences.restore(tensorOf(this.#op, state, 'confidences'));
  }
}
