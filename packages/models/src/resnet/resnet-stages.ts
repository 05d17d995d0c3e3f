import { ArgumentError } from '@dl/kernels';
import { BatchNorm2d, Conv2d, type ForwardOptions, init, Module, Sequential } from '@dl/layers';
import { maxPool2d, type Rng, relu, type Tensor } from '@dl/tensor';
import { assignFresh } from '../assign-fresh.ts';
import { Bottleneck } from './bottleneck.ts';
import { ResidualBlock } from './residual-block.ts';

/** The depth of a residual network for ImageNet: its layers with weights. */
export type ResNetDepth = 18 | 34 | 50 | 101 | 152;

/** Options of {@link ResNetBackbone}. */
export interface ResNetBackboneOptions {
  /** Channels of the image. Default 3. */
  readonly inChannels?: number | undefined;
  /**
   * Whether the second, third and fourth stage keep their size: in place of a stride of 2, the convolutions after it are dilated, so that they see as
   * much. Default none.
   */
  readonly replaceStrideWithDilation?: readonly [boolean, boolean, boolean] | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/** Blocks of the four stages (He et al. 2016, table 1), and of which kind. */
const depths: {
  readonly [D in ResNetDepth]: { readonly block: typeof ResidualBlock | typeof Bottleneck; readonly blocks: readonly number[] };
} = {
  18: { block: ResidualBlock, blocks: [2, 2, 2, 2] },
  34: { block: ResidualBlock, blocks: [3, 4, 6, 3] },
  50: { block: Bottleneck, blocks: [3, 4, 6, 3] },
  101: { block: Bottleneck, blocks: [3, 4, 23, 3] },
  152: { block: Bottleneck, blocks: [3, 8, 36, 3] },
};

/** What {@link ResNet} and {@link ResNetBackbone} have in common: all but the head. */
export abstract class ResNetStages extends Module {
  readonly conv1: Conv2d;
  readonly bn1: BatchNorm2d;
  readonly layer1: Sequential;
  readonly layer2: Sequential;
  readonly layer3: Sequential;
  readonly layer4: Sequential;
  /** Channels of the last stage: 512, or 2048 with bottlenecks. */
  readonly outChannels: number;

  /** @throws {@link ArgumentError} for another depth */
  constructor(depth: ResNetDepth, options: ResNetBackboneOptions) {
    super();
    if (!Object.hasOwn(depths, depth)) {
      throw new ArgumentError(this.constructor.name, `depth must be 18, 34, 50, 101 or 152, got ${String(depth)}`);
    }
    const { inChannels = 3, replaceStrideWithDilation: dilated = [false, false, false], rng } = options;
    const { block: Block, blocks } = depths[depth];
    this.conv1 = new Conv2d(inChannels, 64, 7, { stride: 2, padding: 3, bias: false, rng });
    this.bn1 = new BatchNorm2d(64);
    let before = 64;
    let dilation = 1;
    const stage = (index: 0 | 1 | 2 | 3): Sequential => {
      const channels = 64 * 2 ** index;
      const replaced = index > 0 && dilated[index - 1];
      const stride = index === 0 || replaced ? 1 : 2;
      const first = { inChannels: before, channels, stride, dilation, rng };
      if (replaced) dilation *= 2;
      before = channels * Block.expansion;
      const rest = { inChannels: before, channels, stride: 1, dilation, rng };
      return new Sequential(...Array.from({ length: blocks[index] }, (_, i) => new Block(i === 0 ? first : rest)));
    };
    this.layer1 = stage(0);
    this.layer2 = stage(1);
    this.layer3 = stage(2);
    this.layer4 = stage(3);
    this.outChannels = before;
    for (const module of this.modules()) {
      if (module instanceof Conv2d) {
        assignFresh(module.weight, init.kaimingNormal(module.weight.shape, { mode: 'fanOut', rng }));
      }
    }
  }

  /** What each stage makes of an image. */
  protected stages(x: Tensor, options: ForwardOptions): { readonly [S in 'layer1' | 'layer2' | 'layer3' | 'layer4']: Tensor } {
    const stem = relu(this.bn1.forward(this.conv1.forward(x), options));
    const layer1 = this.layer1.forward(maxPool2d(stem, 3, { stride: 2, padding: 1 }), options);
    const layer2 = this.layer2.forward(layer1, options);
    const layer3 = this.layer3.forward(layer2, options);
    return { layer1, layer2, layer3, layer4: this.layer4.forward(layer3, options) };
  }
}
