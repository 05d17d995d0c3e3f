import { ArgumentError } from '@dl/kernels';
import { BatchNorm2d, Conv2d, type Layer, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** The depth of a VGG: its layers with weights. */
export type VGGDepth = 11 | 13 | 16 | 19;

/** Options of {@link vggFeatures}. */
export interface VGGFeaturesOptions {
  /** Channels of the image. Default 3. */
  readonly inChannels?: number | undefined;
  /** Whether batch normalisation follows each convolution. Default `false`. */
  readonly batchNorm?: boolean | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/** Convolutions of each of the five stages: configurations A, B, D and E of the paper's table 1. */
const convolutions: { readonly [D in VGGDepth]: readonly number[] } = {
  11: [1, 1, 2, 2, 2],
  13: [2, 2, 2, 2, 2],
  16: [2, 2, 3, 3, 3],
  19: [2, 2, 4, 4, 4],
};

const channels = [64, 128, 256, 512, 512];

/**
 * The convolutions of a VGG, as a backbone: five stages of 3 × 3 convolutions with 64, 128, 256, 512 and 512 channels, each ended by pooling. Layers
 * are numbered as torchvision's `features`.
 *
 * @returns a model from `[n, inChannels, h, w]` to `[n, 512, h / 32, w / 32]`, rounded down
 * @throws {@link ArgumentError} for another depth
 * @example
 * vggFeatures(11).forward(zeros([1, 3, 64, 64])).shape // [1, 512, 2, 2]
 * @see Simonyan & Zisserman, Very deep convolutional networks for large-scale image recognition, 2015, table 1
 */
export function vggFeatures(depth: VGGDepth, { inChannels = 3, batchNorm = false, rng }: VGGFeaturesOptions = {}): Sequential {
  if (!Object.hasOwn(convolutions, depth)) {
    throw new ArgumentError('vggFeatures', `depth must be 11, 13, 16 or 19, got ${String(depth)}`);
  }
  const layers: Layer[] = [];
  let from = inChannels;
  for (const [stage, count] of convolutions[depth].entries()) {
    const to = channels[stage];
    for (let i = 0; i < count; i++) {
      layers.push(new Conv2d(from, to, 3, { padding: 1, rng }));
      if (batchNorm) layers.push(new BatchNorm2d(to));
      layers.push(new ReLU());
      from = to;
    }
    layers.push(new MaxPool2d(2));
  }
  return new Sequential(...layers);
}
