import {
  type ConvTranspose2dOptions,
  convTranspose2d,
  type NumberOrPair,
  type Parameter,
  type Rng,
  type Tensor,
} from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { convTransposeParameters } from './conv-parameters.ts';

/** Options of {@link ConvTranspose2d}: those of the op, and what the layer starts with. */
export interface ConvTranspose2dLayerOptions extends Omit<ConvTranspose2dOptions, 'bias'> {
  /** Whether a learnt constant is added to each channel. Default `true`. */
  readonly bias?: boolean | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * Transposed 2-D convolution with learnt kernels, which makes images larger; the equation is at {@link convTranspose2d}.
 *
 * @example
 * const layer = new ConvTranspose2d(3, 10, 4, { stride: 2, padding: 1 });
 * layer.weight.shape // [3, 10, 4, 4]
 * layer.forward(ones([1, 3, 5, 5])).shape // [1, 10, 10, 10]
 */
export class ConvTranspose2d extends Module implements Layer {
  /** `[inChannels, outChannels / groups, kh, kw]`. */
  readonly weight: Parameter;
  /** `[outChannels]`. */
  readonly bias: Parameter | undefined;
  readonly #options: Omit<ConvTranspose2dOptions, 'bias'>;

  /**
   * @param kernelSize - one number for both axes, or `[height, width]`
   * @throws {@link ArgumentError} unless counts are positive integers and `groups` divides both channel counts
   */
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: NumberOrPair,
    { bias = true, rng, ...options }: ConvTranspose2dLayerOptions = {},
  ) {
    super();
    const kernel = typeof kernelSize === 'number' ? [kernelSize, kernelSize] : kernelSize;
    const { groups } = options;
    const made = convTransposeParameters('ConvTranspose2d', { inChannels, outChannels, kernel, groups, bias, rng });
    this.weight = made.weight;
    this.bias = made.bias;
    this.#options = options;
  }

  /**
   * @param x - `[n, inChannels, h, w]`
   * @returns `[n, outChannels, oh, ow]`
   * @throws {@link ShapeError} for another number of channels, or where nothing is left of the output
   */
  override forward(x: Tensor): Tensor {
    return convTranspose2d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}
