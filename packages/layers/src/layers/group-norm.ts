import { ArgumentError, formatShape, ShapeError } from '@dl/kernels';
import { groupNorm, ones, Parameter, type Tensor, zeros } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { checkCount } from './check-count.ts';
import { checkEps } from './check-eps.ts';

/** Options of {@link GroupNorm}. */
export interface GroupNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number | undefined;
  /** Whether a scale and a shift a channel are learnt. Default `true`. */
  readonly affine?: boolean | undefined;
}

/**
 * Group normalisation: mean and variance are those of a group of channels of one example, so that the size of the batch does not matter; see
 * {@link groupNorm}.
 *
 * @example
 * const layer = new GroupNorm(2, 6);
 * layer.forward(randn([1, 6, 5, 5])).shape // [1, 6, 5, 5]
 * @see Wu & He, Group normalization, 2018
 */
export class GroupNorm extends Module implements Layer {
  /** $\gamma$ `[numChannels]`, first 1. */
  readonly weight: Parameter | undefined;
  /** $\beta$ `[numChannels]`, first 0. */
  readonly bias: Parameter | undefined;
  readonly #numGroups: number;
  readonly #numChannels: number;
  readonly #eps: number;

  /** @throws {@link ArgumentError} unless the counts are positive integers, groups divide channels, and `eps` is not negative */
  constructor(numGroups: number, numChannels: number, { eps = 1e-5, affine = true }: GroupNormOptions = {}) {
    super();
    checkCount('GroupNorm', 'numGroups', numGroups);
    checkCount('GroupNorm', 'numChannels', numChannels);
    checkEps('GroupNorm', eps);
    if (numChannels % numGroups !== 0) {
      throw new ArgumentError('GroupNorm', `numGroups must divide numChannels, got ${numGroups} and ${numChannels}`);
    }
    this.weight = affine ? new Parameter(ones([numChannels])) : undefined;
    this.bias = affine ? new Parameter(zeros([numChannels])) : undefined;
    this.#numGroups = numGroups;
    this.#numChannels = numChannels;
    this.#eps = eps;
  }

  /**
   * @param x - `[n, numChannels, ...]`
   * @returns same shape
   * @throws {@link ShapeError} for another number of channels
   */
  override forward(x: Tensor): Tensor {
    if (x.rank < 2 || x.shape[1] !== this.#numChannels) {
      throw new ShapeError('GroupNorm', `x must be [n, ${this.#numChannels}, ...], got ${formatShape(x.shape)}`);
    }
    return groupNorm(x, this.#numGroups, { weight: this.weight, bias: this.bias, eps: this.#eps });
  }
}
