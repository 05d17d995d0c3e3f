import { BatchNorm2d, Conv2d, type ForwardOptions, type Layer, Module, type Sequential } from '@dl/layers';
import { add, relu, type Tensor } from '@dl/tensor';
import { type BlockOptions, projection } from './block-options.ts';

/**
 * The block of ResNet-18 and 34, with torchvision's names: two 3 × 3 convolutions with batch normalisation, $y = \max(F(x) + s(x), 0)$, where $s$ is
 * the identity, or a 1 × 1 convolution (`downsample`) where the shape changes.
 */
export class ResidualBlock extends Module implements Layer {
  /** Channels of the result for each of `channels`. */
  static readonly expansion = 1;

  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly conv2: Conv2d;
  readonly bn2: BatchNorm2d;
  readonly downsample: Sequential | undefined;

  constructor(options: BlockOptions) {
    super();
    const { inChannels, channels, stride, dilation, rng } = options;
    this.conv1 = new Conv2d(inChannels, channels, 3, { stride, padding: dilation, dilation, bias: false, rng });
    this.bn1 = new BatchNorm2d(channels);
    this.conv2 = new Conv2d(channels, channels, 3, { padding: dilation, dilation, bias: false, rng });
    this.bn2 = new BatchNorm2d(channels);
    this.downsample = projection(options, channels);
  }

  /**
   * @param x - `[n, inChannels, h, w]`
   * @returns `[n, channels, h / stride, w / stride]`, rounded up
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    const hidden = relu(this.bn1.forward(this.conv1.forward(x), options));
    const residual = this.bn2.forward(this.conv2.forward(hidden), options);
    return relu(add(residual, this.downsample === undefined ? x : this.downsample.forward(x, options)));
  }
}
