import {
  type ConvTranspose3dOptions,
  convTranspose3d,
  type NumberOrTriple,
  type Parameter,
  type Rng,
  type Tensor,
} from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { convTransposeParameters } from './conv-parameters.ts';

/** Options of {@link ConvTranspose3d}: those of the op, and what the layer starts with. */
export interface ConvTranspose3dLayerOptions extends Omit<ConvTranspose3dOptions, 'bias'> {
  /** Whether a learnt constant is added to each channel. Default `true`. */
  readonly bias?: boolean | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * Transposed 3-D convolution with learnt kernels, which makes volumes larger; the equation is at {@link convTranspose3d}.
 *
 * @example
 * const layer = new ConvTranspose3d(3, 10, 4, { stride: 2, padding: 1 });
 * layer.weight.shape // [3, 10, 4, 4, 4]
 * layer.forward(ones([1, 3, 5, 5, 5])).shape // [1, 10, 10, 10, 10]
 */
export class ConvTranspose3d extends Module implements Layer {
  /** `[inChannels, outChannels / groups, kd, kh, kw]`. */
  readonly weight: Parameter;
  /** `[outChannels]`. */
  readonly bias: Parameter | undefined;
  readonly #options: Omit<ConvTranspose3dOptions, 'bias'>;

  /**
   * @param kernelSize - one number for all axes, or `[depth, height, width]`
   * @throws {@link ArgumentError} unless counts are positive integers and `groups` divides both channel counts
   */
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: NumberOrTriple,
    { bias = true, rng, ...options }: ConvTranspose3dLayerOptions = {},
  ) {
    super();
    const kernel = typeof kernelSize === 'number' ? [kernelSize, kernelSize, kernelSize] : kernelSize;
    const { groups } = options;
    const made = convTransposeParameters('ConvTranspose3d', { inChannels, outChannels, kernel, groups, bias, rng });
    this.weight = made.weight;
    this.bias = made.bias;
    this.#options = options;
  }

  /**
   * @param x - `[n, inChannels, d, h, w]`
   * @returns `[n, outChannels, od, oh, ow]`
   * @throws {@link ShapeError} for another number of channels, or where nothing is left of the output
   */
  override forward(x: Tensor): Tensor {
    return convTranspose3d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}
