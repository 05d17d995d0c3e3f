import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import { add, mul, ones, Parameter, runScope, sub, type Tensor, tensor, withoutRecording, zeros } from '@dl/tensor';
import type { ForwardOptions, Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { checkCount } from './check-count.ts';
import { checkEps } from './check-eps.ts';

/** What a {@link ChannelNorm} is made with: every option, defaults filled in. */
export interface ChannelNormOptions {
  readonly eps: number;
  readonly affine: boolean;
  readonly trackRunningStats: boolean;
}

/** Parameters, running statistics and checks of the layers that normalise channels, under PyTorch's names. */
export abstract class ChannelNorm extends Module implements Layer {
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
  readonly #numFeatures: number;
  readonly #eps: number;

  /**
   * @param numFeatures - $c$
   * @throws {@link ArgumentError} unless the count is a positive integer and `eps` is not negative
   */
  constructor(numFeatures: number, { eps, affine, trackRunningStats }: ChannelNormOptions) {
    super();
    checkCount(this.constructor.name, 'numFeatures', numFeatures);
    checkEps(this.constructor.name, eps);
    const shape = [numFeatures];
    this.weight = affine ? new Parameter(ones(shape)) : undefined;
    this.bias = affine ? new Parameter(zeros(shape)) : undefined;
    const buffer = (value: Tensor): Parameter => new Parameter(value, { trainable: false });
    this.runningMean = trackRunningStats ? buffer(zeros(shape)) : undefined;
    this.runningVar = trackRunningStats ? buffer(ones(shape)) : undefined;
    this.numBatchesTracked = trackRunningStats ? buffer(tensor(0, { dtype: 'int32' })) : undefined;
    this.#numFeatures = numFeatures;
    this.#eps = eps;
  }

  /** The ranks of input it takes. */
  protected abstract get ranks(): readonly number[];

  abstract override forward(x: Tensor, options?: ForwardOptions): Tensor;

  /** Files from before PyTorch 0.4.1 do not count batches. */
  override optionalMembers(): readonly string[] {
    return this.numBatchesTracked === undefined ? [] : ['num_batches_tracked'];
  }

  /** Scale, shift and `eps`, for the op. */
  protected get affine(): { readonly weight: Parameter | undefined; readonly bias: Parameter | undefined; readonly eps: number } {
    return { weight: this.weight, bias: this.bias, eps: this.#eps };
  }

  /** Moves the running statistics a share of the way to those of a batch, `[c]` each. Nothing of it is recorded or left behind. */
  protected track(moments: () => { readonly mean: Tensor; readonly variance: Tensor; readonly share: number | Tensor }): void {
    const { runningMean, runningVar } = this;
    if (runningMean === undefined || runningVar === undefined) return;
    withoutRecording(() =>
      runScope('running statistics', () => {
        const { mean, variance, share } = moments();
        runningMean.assign(add(runningMean, mul(sub(mean, runningMean), share)));
        runningVar.assign(add(runningVar, mul(sub(variance, runningVar), share)));
      }),
    );
  }

  /** @throws {@link ShapeError} for another rank or number of channels */
  protected checkShape(x: Tensor): void {
    const op = this.constructor.name;
    const got = formatShape(x.shape);
    if (!this.ranks.includes(x.rank)) throw new ShapeError(op, `x must have ${this.ranks.join(' or ')} axes, got ${got}`);
    if (x.shape[1] !== this.#numFeatures) throw new ShapeError(op, `x must be [n, ${this.#numFeatures}, ...], got ${got}`);
  }
}

/**
 * Refuses a momentum that is no share.
 *
 * @throws {@link ArgumentError} unless it is in [0, 1]
 */
export function checkMomentum(op: string, momentum: number, allowed: string): void {
  if (!(momentum >= 0 && momentum <= 1)) throw new ArgumentError(op, `momentum must be ${allowed}, got ${momentum}`);
}
