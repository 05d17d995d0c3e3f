import type { ForwardOptions } from '@dl/layers';
import type { Tensor } from '@dl/tensor';
import { type ResNetBackboneOptions, type ResNetDepth, ResNetStages } from './resnet-stages.ts';

/** What each stage of a {@link ResNetBackbone} makes, without its dilations at 1/4, 1/8, 1/16 and 1/32 of the image's size. */
export interface ResNetFeatures {
  readonly layer1: Tensor;
  readonly layer2: Tensor;
  readonly layer3: Tensor;
  readonly layer4: Tensor;
}

/**
 * A residual network without its head: the feature maps that detection and segmentation stand on. Names are torchvision's, so the weights of a
 * classifier fit with `strict: false`, all but `fc`.
 *
 * @example
 * const { layer3, layer4 } = new ResNetBackbone(18).forward(zeros([1, 3, 64, 64]));
 * layer3.shape; // [1, 256, 4, 4]
 * layer4.shape; // [1, 512, 2, 2]
 */
export class ResNetBackbone extends ResNetStages {
  /** @param depth - 18, 34, 50, 101 or 152 */
  constructor(depth: ResNetDepth, options: ResNetBackboneOptions = {}) {
    super(depth, options);
  }

  /**
   * @param x - `[n, inChannels, h, w]`
   * @returns of each stage `[n, channels, h', w']`
   */
  override forward(x: Tensor, options: ForwardOptions = {}): ResNetFeatures {
    return this.stages(x, options);
  }
}
