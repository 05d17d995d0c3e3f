import { formatShape, ShapeError } from '@dl/kernels';
import { add, alias, batchNorm, batchNormTraining, cast, div, mul, type Tensor, withoutRecording } from '@dl/tensor';
import type { ForwardOptions } from '../module/layer.ts';
import { ChannelNorm, checkMomentum } from './channel-norm.ts';

/** Options of {@link BatchNorm1d}, {@link BatchNorm2d} and {@link BatchNorm3d}. */
export interface BatchNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number | undefined;
  /** How much of the running statistics a batch replaces, in [0, 1]; `null` makes them the mean over all batches. Default 0.1. */
  readonly momentum?: number | null | undefined;
  /** Whether scale and shift are learnt. Default `true`. */
  readonly affine?: boolean | undefined;
  /** Whether running statistics are kept, and used outside training; else each batch is normalised by its own. Default `true`. */
  readonly trackRunningStats?: boolean | undefined;
}

/** What {@link BatchNorm1d}, {@link BatchNorm2d} and {@link BatchNorm3d} have in common: all but the number of axes. */
export abstract class BatchNorm extends ChannelNorm {
  /** How much of the running statistics a batch replaces; `null` makes them the mean over all batches. */
  momentum: number | null;

  /**
   * @param numFeatures - $c$
   * @throws {@link ArgumentError} unless the count is a positive integer, `eps` is not negative and `momentum` is `null` or in [0, 1]
   */
  constructor(
    numFeatures: number,
    { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true }: BatchNormOptions = {},
  ) {
    super(numFeatures, { eps, affine, trackRunningStats });
    if (momentum !== null) checkMomentum(this.constructor.name, momentum, 'null or in [0, 1]');
    this.momentum = momentum;
  }

  /**
   * @param x - `[n, c, ...]`
   * @returns same shape
   * @throws {@link ShapeError} for another rank or number of channels, or for a single value a channel in training
   */
  override forward(x: Tensor, { training = false }: ForwardOptions = {}): Tensor {
    this.checkShape(x);
    const count = x.size / x.shape[1];
    if (training && count === 1) {
      const got = formatShape(x.shape);
      throw new ShapeError(this.constructor.name, `training needs more than one value a channel, got ${got}`);
    }
    const { runningMean, runningVar } = this;
    if (!training && runningMean !== undefined && runningVar !== undefined) {
      // Handles of their own: a later batch may replace the running statistics before the backward pass.
      const [mean, variance] = withoutRecording(() => [alias(runningMean), alias(runningVar)]);
      return batchNorm(x, { ...this.affine, mean, variance });
    }
    const { output, mean, variance } = batchNormTraining(x, this.affine);
    if (training) {
      this.track(() => ({ mean, variance: mul(variance, count / (count - 1)), share: this.#countBatch(mean) }));
    }
    return output;
  }

  #countBatch({ dtype }: Tensor): number | Tensor {
    const { numBatchesTracked } = this;
    if (numBatchesTracked === undefined) return 0;
    numBatchesTracked.assign(add(numBatchesTracked, 1));
    return this.momentum ?? div(1, cast(numBatchesTracked, dtype));
  }
}
