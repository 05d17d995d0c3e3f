import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import {
  add,
  alias,
  type BatchNormResult,
  batchNorm,
  batchNormTraining,
  cast,
  div,
  mul,
  ones,
  Parameter,
  runScope,
  sub,
  type Tensor,
  tensor,
  withoutRecording,
  zeros,
} from '@dl/tensor';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { checkCount } from './check-count.ts';

/** Options of {@link BatchNorm1d} and {@link BatchNorm2d}. */
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

/** What {@link BatchNorm1d} and {@link BatchNorm2d} have in common: all but the number of axes. */
export abstract class BatchNorm extends Module implements Layer {
  /** $\gamma$ `[c]`, first 1. */
  readonly weight: Parameter | undefined;
  /** $\beta$ `[c]`, first 0. */
  readonly bias: Parameter | undefined;
  /** `[c]`, first 0. */
  readonly runningMean: Parameter | undefined;
  /** `[c]`, unbiased (divided by the count less one), first 1. */
  readonly runningVar: Parameter | undefined;
  /** How many batches the running statistics have seen: an int32 scalar. */
  readonly numBatchesTracked: Parameter | undefined;
  /** How much of the running statistics a batch replaces; `null` makes them the mean over all batches. */
  momentum: number | null;
  readonly #numFeatures: number;
  readonly #eps: number;

  /**
   * @param numFeatures - $c$
   * @throws {@link ArgumentError} unless the count is a positive integer, `eps` is not negative and `momentum` is `null` or in [0, 1]
   */
  constructor(
    numFeatures: number,
    { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true }: BatchNormOptions = {},
  ) {
    super();
    const op = this.constructor.name;
    checkCount(op, 'numFeatures', numFeatures);
    if (!(eps >= 0)) throw new ArgumentError(op, `eps must not be negative, got ${eps}`);
    if (momentum !== null && !(momentum >= 0 && momentum <= 1)) {
      throw new ArgumentError(op, `momentum must be null or in [0, 1], got ${momentum}`);
    }
    const shape = [numFeatures];
    this.weight = affine ? new Parameter(ones(shape)) : undefined;
    this.bias = affine ? new Parameter(zeros(shape)) : undefined;
    const buffer = (value: Tensor): Parameter => new Parameter(value, { trainable: false });
    this.runningMean = trackRunningStats ? buffer(zeros(shape)) : undefined;
    this.runningVar = trackRunningStats ? buffer(ones(shape)) : undefined;
    this.numBatchesTracked = trackRunningStats ? buffer(tensor(0, { dtype: 'int32' })) : undefined;
    this.#numFeatures = numFeatures;
    this.#eps = eps;
    this.momentum = momentum;
  }

  /** The ranks of input it takes. */
  protected abstract get ranks(): readonly number[];

  /** Files from before PyTorch 0.4.1 do not count batches. */
  override optionalMembers(): readonly string[] {
    return this.numBatchesTracked === undefined ? [] : ['num_batches_tracked'];
  }

  /**
   * @param x - `[n, c, ...]`
   * @returns same shape
   * @throws {@link ShapeError} for another rank or number of channels, or for a single value a channel in training
   */
  override forward(x: Tensor, { training = false }: ForwardOptions = {}): Tensor {
    this.#check(x, training);
    const { weight, bias, runningMean, runningVar } = this;
    const options = { weight, bias, eps: this.#eps };
    if (!training && runningMean !== undefined && runningVar !== undefined) {
      // Handles of their own: a later batch may replace the running statistics before the backward pass.
      const [mean, variance] = withoutRecording(() => [alias(runningMean), alias(runningVar)]);
      return batchNorm(x, { ...options, mean, variance });
    }
    const result = batchNormTraining(x, options);
    if (training) withoutRecording(() => runScope('running statistics', () => this.#track(result, x.size / this.#numFeatures)));
    return result.output;
  }

  #track({ mean, variance }: BatchNormResult, count: number): void {
    const { runningMean, runningVar, numBatchesTracked } = this;
    if (runningMean === undefined || runningVar === undefined || numBatchesTracked === undefined) return;
    numBatchesTracked.assign(add(numBatchesTracked, 1));
    const share = this.momentum ?? div(1, cast(numBatchesTracked, mean.dtype));
    runningMean.assign(add(runningMean, mul(sub(mean, runningMean), share)));
    runningVar.assign(add(runningVar, mul(sub(mul(variance, count / (count - 1)), runningVar), share)));
  }

  #check(x: Tensor, training: boolean): void {
    const op = this.constructor.name;
    const got = formatShape(x.shape);
    if (!this.ranks.includes(x.rank)) throw new ShapeError(op, `x must have ${this.ranks.join(' or ')} axes, got ${got}`);
    if (x.shape[1] !== this.#numFeatures) {
      throw new ShapeError(op, `x must be [n, ${this.#numFeatures}, ...], got ${got}`);
    }
    if (training && x.size === this.#numFeatures) {
      throw new ShapeError(op, `training needs more than one value a channel, got ${got}`);
    }
  }
}
