import type { Tensor } from '@dl/tensor';
import { type CalibrationBin, CalibrationBins, type CalibrationOptions } from './calibration-bins.ts';
import type { Metric, MetricState } from './metric.ts';

/**
 * How often a classifier is right by how sure it is: its samples in bins of the highest probability. {@link calibrationSvg} draws them,
 * {@link CalibrationError} sums them up.
 *
 * Takes logits `[n, c, ...]` and class numbers `[n, ...]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * const diagram = new ReliabilityDiagram({ bins: 2 });
 * diagram.update(tensor([[Math.log(3), 0], [Math.log(3), 0]]), tensor([0, 1], { dtype: 'int32' }));
 * (await diagram.compute())[1] // { low: 0.5, high: 1, count: 2, confidence: 0.75, accuracy: 0.5 }
 * @see Guo, Pleiss, Sun & Weinberger, On calibration of modern neural networks, 2017, section 2
 */
export class ReliabilityDiagram implements Metric<readonly CalibrationBin[]> {
  readonly #bins: CalibrationBins;

  /** @throws {@link ArgumentError} unless `bins` is a positive integer */
  constructor(options: CalibrationOptions = {}) {
    this.#bins = new CalibrationBins('ReliabilityDiagram', options);
  }

  /** @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores */
  update(output: Tensor, target: Tensor): void {
    this.#bins.add(output, target);
  }

  /** From the lowest probabilities to the highest. */
  compute(): Promise<readonly CalibrationBin[]> {
    return this.#bins.read();
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
   * Takes over what {@link ReliabilityDiagram.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#bins.restore(state);
  }
}
