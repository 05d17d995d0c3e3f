import { ArgumentError } from '@dl/kernels';
import { BatchNorm2d, Conv2d, type ForwardOptions, init, type Layer, Linear, Module, Sequential } from '@dl/layers';
import { flatten, globalAvgPool2d, type Rng, relu, type Tensor } from '@dl/tensor';
import { assignFresh } from '../assign-fresh.ts';
import { BasicBlock, type Shortcut } from './basic-block.ts';

/** Options of {@link CifarResNet} and of {@link resnet20} and its deeper sisters. */
export interface CifarResNetOptions {
  /** Channels of the image. Default 3. */
  readonly inChannels?: number | undefined;
  /** Default 10. */
  readonly classes?: number | undefined;
  /** How a block passes its input on where the shape changes. Default `'A'`, without parameters; `'none'` for a plain network. */
  readonly shortcut?: Shortcut | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/**
 * The residual network of He et al. for small images: a 3 × 3 convolution, three stages of $n$ {@link BasicBlock}s with 16, 32 and 64 channels, the
 * last two beginning with a stride of 2, global average pooling and a linear layer: $6n + 2$ layers with weights.
 *
 * Names in state dicts are those of akamaster's `pytorch_resnet_cifar10`, and so are the first weights: convolutions and the linear layer normal
 * with deviation $\sqrt{2 / \text{fanIn}}$ (He et al. 2015), the linear bias uniform as in {@link Linear}. Convolutions have no bias.
 */
export class CifarResNet extends Module implements Layer {
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly layer1: Sequential;
  readonly layer2: Sequential;
  readonly layer3: Sequential;
  readonly linear: Linear;

  /**
   * @param blocks - $n$, how many blocks a stage has
   * @throws {@link ArgumentError} for an unknown shortcut or counts that are no positive integers
   */
  constructor(blocks: number, { inChannels = 3, classes = 10, shortcut = 'A', rng }: CifarResNetOptions = {}) {
    super();
    if (!['A', 'B', 'none'].includes(shortcut)) {
      throw new ArgumentError('CifarResNet', `shortcut must be 'A', 'B' or 'none', got ${String(shortcut)}`);
    }
    if (!Number.isInteger(blocks) || blocks < 1) {
      throw new ArgumentError('CifarResNet', `blocks must be a positive integer, got ${blocks}`);
    }
    this.conv1 = new Conv2d(inChannels, 16, 3, { padding: 1, bias: false, rng });
    this.bn1 = new BatchNorm2d(16);
    const stage = (before: number, channels: number, stride: number): Sequential =>
      new Sequential(
        ...Array.from({ length: blocks }, (_, i) =>
          i === 0
            ? new BasicBlock({ inChannels: before, channels, stride, shortcut, rng })
            : new BasicBlock({ inChannels: channels, channels, stride: 1, shortcut, rng }),
        ),
      );
    this.layer1 = stage(16, 16, 1);
    this.layer2 = stage(16, 32, 2);
    this.layer3 = stage(32, 64, 2);
    this.linear = new Linear(64, classes, { rng });
    for (const module of this.modules()) {
      if (module instanceof Conv2d || module instanceof Linear) {
        assignFresh(module.weight, init.kaimingNormal(module.weight.shape, { rng }));
      }
    }
  }

  /**
   * @param x - `[n, inChannels, h, w]` of any size; 32 × 32 in the paper
   * @returns logits `[n, classes]`
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    let y = relu(this.bn1.forward(this.conv1.forward(x), options));
    for (const stage of [this.layer1, this.layer2, this.layer3]) y = stage.forward(y, options);
    return this.linear.forward(flatten(globalAvgPool2d(y), 1));
  }
}
