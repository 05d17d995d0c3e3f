import { type ForwardOptions, type Layer, Linear } from '@dl/layers';
import { flatten, globalAvgPool2d, type Tensor } from '@dl/tensor';
import { type ResNetBackboneOptions, type ResNetDepth, ResNetStages } from './resnet-stages.ts';

/** Options of {@link ResNet} and of {@link resnet18} and its deeper sisters. */
export interface ResNetOptions extends ResNetBackboneOptions {
  /** Default 1000. */
  readonly classes?: number | undefined;
}

/**
 * The residual network of He et al. for ImageNet: a 7 × 7 convolution and pooling, four stages of {@link ResidualBlock}s or {@link Bottleneck}s with
 * 64, 128, 256 and 512 channels, global average pooling and a linear layer.
 *
 * Names are torchvision's, and so are the first weights: convolutions normal with deviation $\sqrt{2 / \text{fanOut}}$.
 */
export class ResNet extends ResNetStages implements Layer {
  readonly fc: Linear;

  /** @param depth - 18, 34, 50, 101 or 152 */
  constructor(depth: ResNetDepth, { classes = 1000, ...options }: ResNetOptions = {}) {
    super(depth, options);
    this.fc = new Linear(this.outChannels, classes, { rng: options.rng });
  }

  /**
   * @param x - `[n, inChannels, h, w]` of any size; 224 × 224 in the paper
   * @returns logits `[n, classes]`
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return this.fc.forward(flatten(globalAvgPool2d(this.stages(x, options).layer4), 1));
  }
}
