import { BatchNorm2d, Conv2d, type ForwardOptions, type Layer, Module, type Sequential } from '@dl/layers';
import { add, relu, type Tensor } from '@dl/tensor';
import { type BlockOptions, projection } from './block-options.ts';

/**
 * The block of ResNet-50 and deeper, with torchvision's names: 1 × 1 to fewer channels, 3 × 3, and 1 × 1 to four times as many. From 256 channels by
 * 64 back to 256 it has 69,632 weights, where one 3 × 3 convolution has 589,824. The stride is that of the 3 × 3 convolution, as in torchvision;
 * the paper's is that of the first.
 *
 * @example
 * const block = new Bottleneck({ inChannels: 256, channels: 64, stride: 1, dilation: 1, rng: undefined });
 * block.forward(zeros([1, 256, 4, 4])).shape; // [1, 256, 4, 4]
 * [block.conv1, block.conv2, block.conv3].reduce((sum, { weight }) => sum + weight.size, 0) // 69632
 */
export class Bottleneck extends Module implements Layer {
  /** Channels of the result for each of `channels`. */
  static readonly expansion = 4;

  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly conv2: Conv2d;
  readonly bn2: BatchNorm2d;
  readonly conv3: Conv2d;
  readonly bn3: BatchNorm2d;
  readonly downsample: Sequential | undefined;

  constructor(options: BlockOptions) {
    super();
    const { inChannels, channels, stride, dilation, rng } = options;
    const outChannels = channels * Bottleneck.expansion;
    this.conv1 = new Conv2d(inChannels, channels, 1, { bias: false, rng });
    this.bn1 = new BatchNorm2d(channels);
    this.conv2 = new Conv2d(channels, channels, 3, { stride, padding: dilation, dilation, bias: false, rng });
    this.bn2 = new BatchNorm2d(channels);
    this.conv3 = new Conv2d(channels, outChannels, 1, { bias: false, rng });
    this.bn3 = new BatchNorm2d(outChannels);
    this.downsample = projection(options, outChannels);
  }

  /**
   * @param x - `[n, inChannels, h, w]`
   * @returns `[n, 4 channels, h / stride, w / stride]`, rounded up
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    const narrow = relu(this.bn1.forward(this.conv1.forward(x), options));
    const hidden = relu(this.bn2.forward(this.conv2.forward(narrow), options));
    const residual = this.bn3.forward(this.conv3.forward(hidden), options);
    return relu(add(residual, this.downsample === undefined ? x : this.downsample.forward(x, options)));
  }
}
