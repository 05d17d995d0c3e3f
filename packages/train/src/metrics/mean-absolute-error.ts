import { abs, sub, sum, type Tensor } from '@dl/tensor';
import { checkSameShape } from './check-same-shape.ts';
import { DeviceMean } from './device-mean.ts';
import type { Metric } from './metric.ts';

/**
 * The mean of $|\hat y - y|$ over all elements.
 *
 * Takes outputs and targets of one shape.
 *
 * @example
 * const error = new MeanAbsoluteError();
 * error.update(tensor([1, 2, 5]), tensor([1, 2, 2]));
 * await error.compute() // 1
 */
export class MeanAbsoluteError implements Metric {
  readonly #distances: DeviceMean = new DeviceMean();

  /** @throws {@link ShapeError} when the shapes differ */
  update(output: Tensor, target: Tensor): void {
    checkSameShape('MeanAbsoluteError', output, target);
    this.#distances.add(() => sum(abs(sub(output, target))), output.size);
  }

  /** NaN before the first batch. */
  compute(): Promise<number> {
    return this.#distances.read();
  }

  /** Starts over. */
  reset(): void {
    this.#distances.reset();
  }
}
