import { alias, softmax, type Tensor } from '@dl/tensor';
import { classTarget } from './class-target.ts';
import { DeviceRows } from './device-rows.ts';
import type { Metric } from './metric.ts';

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
  readonly #rows: DeviceRows<'probabilities' | 'truth'> = new DeviceRows();

  /** @throws {@link ShapeError} or {@link DTypeError} when the target is not the class numbers of the scores */
  update(output: Tensor, target: Tensor): void {
    this.#rows.add(() => ({
      probabilities: softmax(output, 1),
      truth: alias(classTarget('Predictions', output, target)),
    }));
  }

  /** One entry a sample, in the order they came. */
  async compute(): Promise<readonly Prediction[]> {
    const all: Prediction[] = [];
    for (const { probabilities, truth } of this.#rows.batches) {
      const [rows, classes] = [(await probabilities.data()) as Float32Array, await truth.data()];
      const width = probabilities.shape[1];
      for (let i = 0; i < classes.length; i++) {
        const row = rows.slice(i * width, (i + 1) * width);
        all.push({ index: all.length, truth: classes[i], predicted: row.indexOf(Math.max(...row)), probabilities: row });
      }
    }
    return all;
  }

  /** Starts over. */
  reset(): void {
    this.#rows.reset();
  }
}
