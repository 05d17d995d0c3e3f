import { type Conv1dOptions, conv1d, type Parameter, type Rng, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { convParameters } from './conv-parameters.ts';
import { type PaddingMode, padded } from './padded.ts';

/** Options of {@link Conv1d}: those of the op, and what the layer starts with. */
export interface Conv1dLayerOptions extends Omit<Conv1dOptions, 'bias'> {
  /** Whether a learnt constant is added to each channel. Default `true`. */
  readonly bias?: boolean | undefined;
  /** What lies around the input. Default `'zeros'`. */
  readonly paddingMode?: PaddingMode | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * 1-D convolution with learnt kernels; the equation is at {@link conv1d}.
 *
 * Weights and bias start uniform in $\pm 1 / \sqrt{\text{fanIn}}$ with $\text{fanIn} = \text{inChannels} / \text{groups} \cdot k$, as
 * in PyTorch.
 *
 * @example
 * const layer = new Conv1d(3, 10, 3);
 * layer.weight.shape // [10, 3, 3]
 * layer.forward(ones([1, 3, 20])).shape // [1, 10, 18]
 */
export class Conv1d extends Module implements Layer {
  /** `[outChannels, inChannels / groups, k]`. */
  readonly weight: Parameter;
  /** `[outChannels]`. */
  readonly bias: Parameter | undefined;
  readonly #options: Omit<Conv1dOptions, 'bias'>;
  readonly #paddingMode: PaddingMode;

  /**
   * @param kernelSize - the length of the kernel
   * @throws {@link ArgumentError} unless counts are positive integers and `groups` divides both channel counts
   */
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: number,
    { bias = true, paddingMode = 'zeros', rng, ...options }: Conv1dLayerOptions = {},
  ) {
    super();
    const kernel = [kernelSize];
    const { groups } = options;
    const made = convParameters('Conv1d', { inChannels, outChannels, kernel, groups, bias, rng });
    this.weight = made.weight;
    this.bias = made.bias;
    this.#options = options;
    this.#paddingMode = paddingMode;
  }

  /**
   * @param x - `[n, inChannels, l]`
   * @returns `[n, outChannels, ol]`
   * @throws {@link ShapeError} for another number of channels, or a signal smaller than the kernel
   */
  override forward(x: Tensor): Tensor {
    if (this.#paddingMode === 'zeros') return conv1d(x, this.weight, { ...this.#options, bias: this.bias });
    const { padding = 0, dilation = 1 } = this.#options;
    const around = padded('Conv1d', x, this.#paddingMode, padding, this.weight.shape.slice(2), dilation);
    return conv1d(around, this.weight, { ...this.#options, padding: 0, bias: this.bias });
  }
}
