import { type Conv2dOptions, conv2d, type NumberOrPair, type Parameter, type Rng, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { convParameters } from './conv-parameters.ts';
import { type PaddingMode, padded } from './padded.ts';

/** Options of {@link Conv2d}: those of the op, and what the layer starts with. */
export interface Conv2dLayerOptions extends Omit<Conv2dOptions, 'bias'> {
  /** Whether a learnt constant is added to each channel. Default `true`. */
  readonly bias?: boolean | undefined;
  /** What lies around the input. Default `'zeros'`. */
  readonly paddingMode?: PaddingMode | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * 2-D convolution with learnt kernels; the equation is at {@link conv2d}.
 *
 * Weights and bias start uniform in $\pm 1 / \sqrt{\text{fanIn}}$ with $\text{fanIn} = \text{inChannels} / \text{groups} \cdot k_h k_w$, as
 * in PyTorch.
 *
 * @example
 * const layer = new Conv2d(3, 10, 3);
 * layer.weight.shape // [10, 3, 3, 3]
 * layer.forward(ones([1, 3, 20, 20])).shape // [1, 10, 18, 18]
 */
export class Conv2d extends Module implements Layer {
  /** `[outChannels, inChannels / groups, kh, kw]`. */
  readonly weight: Parameter;
  /** `[outChannels]`. */
  readonly bias: Parameter | undefined;
  readonly #options: Omit<Conv2dOptions, 'bias'>;
  readonly #paddingMode: PaddingMode;

  /**
   * @param kernelSize - one number for both axes, or `[height, width]`
   * @throws {@link ArgumentError} unless counts are positive integers and `groups` divides both channel counts
   */
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: NumberOrPair,
    { bias = true, paddingMode = 'zeros', rng, ...options }: Conv2dLayerOptions = {},
  ) {
    super();
    const kernel = typeof kernelSize === 'number' ? [kernelSize, kernelSize] : kernelSize;
    const { groups } = options;
    const made = convParameters('Conv2d', { inChannels, outChannels, kernel, groups, bias, rng });
    this.weight = made.weight;
    this.bias = made.bias;
    this.#options = options;
    this.#paddingMode = paddingMode;
  }

  /**
   * @param x - `[n, inChannels, h, w]`
   * @returns `[n, outChannels, oh, ow]`
   * @throws {@link ShapeError} for another number of channels, or an image smaller than the kernel
   */
  override forward(x: Tensor): Tensor {
    if (this.#paddingMode === 'zeros') return conv2d(x, this.weight, { ...this.#options, bias: this.bias });
    const { padding = 0, dilation = 1 } = this.#options;
    const around = padded('Conv2d', x, this.#paddingMode, padding, this.weight.shape.slice(2), dilation);
    return conv2d(around, this.weight, { ...this.#options, padding: 0, bias: this.bias });
  }
}
