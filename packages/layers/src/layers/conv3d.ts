import { type Conv3dOptions, conv3d, type NumberOrTriple, type Parameter, type Rng, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { convParameters } from './conv-parameters.ts';
import { type PaddingMode, padded } from './padded.ts';
import { type ReceptiveWindow, volumeWindow, type Windowed } from './receptive-window.ts';

/** Options of {@link Conv3d}: those of the op, and what the layer starts with. */
export interface Conv3dLayerOptions extends Omit<Conv3dOptions, 'bias'> {
  /** Whether a learnt constant is added to each channel. Default `true`. */
  readonly bias?: boolean | undefined;
  /** What lies around the input. Default `'zeros'`. */
  readonly paddingMode?: PaddingMode | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * 3-D convolution with learnt kernels; the equation is at {@link conv3d}.
 *
 * Weights and bias start uniform in $\pm 1 / \sqrt{\text{fanIn}}$ with $\text{fanIn} = \text{inChannels} / \text{groups} \cdot k_d k_h k_w$, as
 * in PyTorch.
 *
 * @example
 * const layer = new Conv3d(3, 10, 3);
 * layer.weight.shape // [10, 3, 3, 3, 3]
 * layer.forward(ones([1, 3, 8, 20, 20])).shape // [1, 10, 6, 18, 18]
 */
export class Conv3d extends Module implements Layer, Windowed {
  /** `[outChannels, inChannels / groups, kd, kh, kw]`. */
  readonly weight: Parameter;
  /** `[outChannels]`. */
  readonly bias: Parameter | undefined;
  readonly #options: Omit<Conv3dOptions, 'bias'>;
  readonly #paddingMode: PaddingMode;

  /**
   * @param kernelSize - one number for all axes, or `[depth, height, width]`
   * @throws {@link ArgumentError} unless counts are positive integers and `groups` divides both channel counts
   */
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: NumberOrTriple,
    { bias = true, paddingMode = 'zeros', rng, ...options }: Conv3dLayerOptions = {},
  ) {
    super();
    const kernel = typeof kernelSize === 'number' ? [kernelSize, kernelSize, kernelSize] : kernelSize;
    const { groups } = options;
    const made = convParameters('Conv3d', { inChannels, outChannels, kernel, groups, bias, rng });
    this.weight = made.weight;
    this.bias = made.bias;
    this.#options = options;
    this.#paddingMode = paddingMode;
  }

  /** What one voxel of the output sees. */
  get receptiveWindow(): ReceptiveWindow {
    return volumeWindow(this.weight.shape.slice(2), this.#options.stride, this.#options.dilation);
  }

  /**
   * @param x - `[n, inChannels, d, h, w]`
   * @returns `[n, outChannels, od, oh, ow]`
   * @throws {@link ShapeError} for another number of channels, or a volume smaller than the kernel
   */
  override forward(x: Tensor): Tensor {
    if (this.#paddingMode === 'zeros') return conv3d(x, this.weight, { ...this.#options, bias: this.bias });
    const { padding = 0, dilation = 1 } = this.#options;
    const around = padded('Conv3d', x, this.#paddingMode, padding, this.weight.shape.slice(2), dilation);
    return conv3d(around, this.weight, { ...this.#options, padding: 0, bias: this.bias });
  }
}
