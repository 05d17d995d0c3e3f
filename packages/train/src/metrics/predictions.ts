import { alias, softmax, type Tensor } from '@dl/tensor';
import { mostProbable } from '../most-probable.ts';
import { classTarget } from './class-target.ts';
import { DeviceRows } from './device-rows.ts';
import type { Metric, MetricState } from './metric.ts';

/** What a classifier said of one sample. */
export interface Prediction {
  /** The sample's place in the order of evaluation. */
  readonly index: number;
  /** Its class. */
  readonly truth: number;
  /** The class with the highest probability. */
  readonly predicted: number;
  /** The softmax of its scores, class by class. */
  readonly probabilities: Float32Array;
}

/**
 * Every prediction of a classifier, to look at: which samples it gets wrong, and how sure it was. Keeps the probabilities of all samples on
 * the device until the reset.
 *
 * Takes scores `[n, c]` and class numbers `[n]`, or probabilities as {@link Accuracy} does.
 *
 * @example
 * const predictions = new Predictions();
 * predictions.update(tensor([[0, 0, 9], [5, 0, 0]]), tensor([2, 1], { dtype: 'int32' }));
 * (await predictions.compute()).filter(({ truth, predicted }) => truth !== predicted).map(({ index }) => index) // [1]
 */
export class Predictions implements Metric<readonly Prediction[]> {
  readonly #rows: DeviceRows<'probabilities' | 'truth'> = new DeviceRows(['probabilities', 'truth']);

  /** @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores */
  update(output: Tensor, target: Tensor): void {
    this.#rows.add(() => ({
      probabilities: softmax(output, 1),
      truth: alias(classTarget('Predictions', output, target)),
    }));
  }

  /** One entry a sample, in the order they came. */
  async compute(): Promise<readonly Prediction[]> {
    const [rows, truth] = [await this.#rows.read('probabilities'), await this.#rows.read('truth')];
    if (rows === undefined || truth === undefined) return [];
    const width = rows.shape[1];
    return Array.from(truth.data, (label, index) => {
      const probabilities = Float32Array.from(rows.data.subarray(index * width, (index + 1) * width));
      return { index, truth: label, predicted: mostProbable(probabilities), probabilities };
    });
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
   * Takes over what {@link Predictions.state} gave.
   *
   * @throws {@link ArgumentError} for a state of something else
   */
  restore(state: MetricState): void {
    this.#rows.restore('Predictions', state);
  }
}
