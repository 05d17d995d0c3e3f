import { ArgumentError } from '@dl/kernels';
import { type Conv2dOptions, conv2d, type NumberOrPair, type Parameter, type Rng, type Tensor } from '@dl/tensor';
import { defaultBias, defaultWeight } from '../init/default-init.ts';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';
import { checkCount } from './check-count.ts';

/** Options of {@link Conv2d}: those of the op, and what the layer starts with. */
export interface Conv2dLayerOptions extends Omit<Conv2dOptions, 'bias'> {
  /** Whether a learnt constant is added to each channel. Default `true`. */
  readonly bias?: boolean | undefined;
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

  /**
   * @param kernelSize - one number for both axes, or `[height, width]`
   * @throws {@link ArgumentError} unless counts are positive integers and `groups` divides both channel counts
   */
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: NumberOrPair,
    { bias = true, rng, ...options }: Conv2dLayerOptions = {},
  ) {
    super();
    const { groups = 1 } = options;
    const [height, width] = typeof kernelSize === 'number' ? [kernelSize, kernelSize] : kernelSize;
    const counts = { inChannels, outChannels, kernelHeight: height, kernelWidth: width, groups };
    for (const [name, count] of Object.entries(counts)) checkCount('Conv2d', name, count);
    if (inChannels % groups !== 0 || outChannels % groups !== 0) {
      throw new ArgumentError(
        'Conv2d',
        `groups must divide both channel counts, got ${groups} for ${inChannels} and ${outChannels}`,
      );
    }
    const shape = [outChannels, inChannels / groups, height, width];
    this.weight = defaultWeight(shape, rng);
    this.bias = bias ? defaultBias(shape, rng) : undefined;
    this.#options = options;
  }

  /**
   * @param x - `[n, inChannels, h, w]`
   * @returns `[n, outChannels, oh, ow]`
   * @throws {@link ShapeError} for another number of channels, or an image smaller than the kernel
   */
  override forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, { ...this.#options, bias: this.bias });
  }
}
