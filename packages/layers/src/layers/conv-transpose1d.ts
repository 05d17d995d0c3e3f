import { type ConvTranspose1dOptions, convTranspose1d, type Parameter, type Rng, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { convTransposeParameters } from './conv-parameters.ts';

/** Options of {@link ConvTranspose1d}: those of the op, and what the layer starts with. */
export interface ConvTranspose1dLayerOptions extends Omit<ConvTranspose1dOptions, 'bias'> {
  /** Whether a learnt constant is added to each channel. Default `true`. */
  readonly bias?: boolean | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * Transposed 1-D convolution with learnt kernels, which makes signals longer; the equation is at {@link convTranspose1d}.
 *
 * @example
 * const layer = new ConvTranspose1d(3, 10, 4, { stride: 2, padding: 1 });
 * layer.weight.shape // [3, 10, 4]
 * layer.forward(ones([1, 3, 5])).shape // [1, 10, 10]
 */
export class ConvTranspose1d extends Module implements Layer {
  /** `[inChannels, outChannels / groups, k]`. */
  readonly weight: Parameter;
  /** `[outChannels]`. */
  readonly bias: Parameter | undefined;
  readonly #options: Omit<ConvTranspose1dOptions, 'bias'>;

  /**
   * @param kernelSize - the length of the kernel
   * @throws {@link ArgumentError} unless counts are positive integers and `groups` divides both channel counts
   */
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number,
    { bias = true, rng, ...options }: ConvTranspose1dLayerOptions = {},
  ) {
    super();
    const kernel = [kernelSize];
    const { groups } = options;
    const made = convTransposeParameters('ConvTranspose1d', { inChannels, outChannels, kernel, groups, bias, rng });
    this.weight = made.weight;
    this.bias = made.bias;
    this.#options = options;
  }

  /**
   * @param x - `[n, inChannels, l]`
   * @returns `[n, outChannels, ol]`
   * @throws {@link ShapeError} for another number of channels, or where nothing is left of the output
   */
  override forward(x: Tensor): Tensor {
    return convTranspose1d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}
