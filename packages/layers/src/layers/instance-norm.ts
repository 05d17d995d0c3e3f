import { alias, batchNorm, instanceNorm, mean, mul, type Tensor, withoutRecording } from '@dl/tensor';
import type { ForwardOptions } from '../module/layer.ts';
import type { BatchNormOptions } from './batch-norm.ts';
import { ChannelNorm, checkMomentum } from './channel-norm.ts';

/** Options of {@link InstanceNorm1d}, {@link InstanceNorm2d} and {@link InstanceNorm3d}. */
export interface InstanceNormOptions extends Pick<BatchNormOptions, 'eps'> {
  /** How much of the running statistics a batch replaces, in [0, 1]. Default 0.1. */
  readonly momentum?: number | undefined;
  /** Whether scale and shift are learnt. Default `false`. */
  readonly affine?: boolean | undefined;
  /** Whether running statistics are kept, and used outside training; else each image is normalised by its own. Default `false`. */
  readonly trackRunningStats?: boolean | undefined;
}

/** What {@link InstanceNorm1d}, {@link InstanceNorm2d} and {@link InstanceNorm3d} have in common: all but the number of axes. */
export abstract class InstanceNorm extends ChannelNorm {
  readonly #momentum: number;

  /**
   * @param numFeatures - $c$
   * @throws {@link ArgumentError} unless the count is a positive integer, `eps` is not negative and `momentum` is in [0, 1]
   */
  constructor(
    numFeatures: number,
    { eps = 1e-5, momentum = 0.1, affine = false, trackRunningStats = false }: InstanceNormOptions = {},
  ) {
    super(numFeatures, { eps, affine, trackRunningStats });
    checkMomentum(this.constructor.name, momentum, 'in [0, 1]');
    this.#momentum = momentum;
  }

  /**
   * @param x - `[n, c, ...]`
   * @returns same shape
   * @throws {@link ShapeError} for another rank or number of channels, or for a single value a channel of an example
   */
  override forward(x: Tensor, { training = false }: ForwardOptions = {}): Tensor {
    this.checkShape(x);
    const { runningMean, runningVar } = this;
    if (!training && runningMean !== undefined && runningVar !== undefined) {
      // Handles of their own: a later batch may replace the running statistics before the backward pass.
      const [center, variance] = withoutRecording(() => [alias(runningMean), alias(runningVar)]);
      return batchNorm(x, { ...this.affine, mean: center, variance });
    }
    const { output, ...moments } = instanceNorm(x, this.affine);
    if (training) {
      const pixels = x.size / (x.shape[0] * x.shape[1]);
      this.track(() => ({
        mean: mean(moments.mean, 0),
        variance: mul(mean(moments.variance, 0), pixels / (pixels - 1)),
        share: this.#momentum,
      }));
    }
    return output;
  }
}
