import { ArgumentError } from '@dl/kernels';
import { type ForwardOptions, type Layer, Module, type Sequential } from '@dl/layers';
import { interpolate, type Rng, runScope, type Tensor } from '@dl/tensor';
import { ResNetBackbone } from '../resnet/resnet-backbone.ts';
import type { ResNetDepth } from '../resnet/resnet-stages.ts';
import { fcnHead } from './fcn-head.ts';

/** Options of {@link FCN}. */
export interface FCNOptions {
  /** Channels of the image. Default 3. */
  readonly inChannels?: number | undefined;
  /** With the background. Default 21. */
  readonly classes?: number | undefined;
  /** Whether there is an auxiliary head on the third stage, for {@link FCN.forwardWithAux}. Default `false`. */
  readonly aux?: boolean | undefined;
  /** Of the heads. Default 0.1. */
  readonly dropout?: number | undefined;
  /** Where the first weights are drawn from. Default: the default generator. */
  readonly rng?: Rng | undefined;
}

/** Scores `[n, classes, h, w]` of the end and of the auxiliary head. */
export interface FCNOutput {
  readonly out: Tensor;
  readonly aux: Tensor;
}

/**
 * Fully convolutional network on a residual one, with torchvision's names: the last two stages have dilated convolutions in place of strides, a head
 * scores each class at 1/8 of the image's size, and bilinear interpolation brings the scores to the size of the image.
 *
 * @see Long, Shelhamer & Darrell, Fully convolutional networks for semantic segmentation, 2015
 */
export class FCN extends Module implements Layer {
  readonly backbone: ResNetBackbone;
  readonly classifier: Sequential;
  readonly auxClassifier: Sequential | undefined;

  /** @param depth - of the residual network; in torchvision 50 or 101 */
  constructor(depth: ResNetDepth, { inChannels, classes = 21, aux = false, dropout = 0.1, rng }: FCNOptions = {}) {
    super();
    this.backbone = new ResNetBackbone(depth, { inChannels, replaceStrideWithDilation: [false, true, true], rng });
    const { outChannels } = this.backbone;
    this.classifier = fcnHead(outChannels, classes, dropout, rng);
    this.auxClassifier = aux ? fcnHead(outChannels / 2, classes, dropout, rng) : undefined;
  }

  /**
   * @param x - `[n, inChannels, h, w]` of any size
   * @returns logits `[n, classes, h, w]`, one for each pixel
   */
  override forward(x: Tensor, options: ForwardOptions = {}): Tensor {
    return resized(this.classifier.forward(this.backbone.forward(x, options).layer4, options), x);
  }

  /**
   * As {@link FCN.forward}, with the auxiliary head, whose loss torchvision adds with weight 0.5 in training.
   *
   * @throws {@link ArgumentError} for a model made without it
   */
  forwardWithAux(x: Tensor, options: ForwardOptions = {}): FCNOutput {
    const { auxClassifier } = this;
    if (auxClassifier === undefined) {
      throw new ArgumentError('forwardWithAux', 'the model must have an auxiliary head, got one made without `aux: true`');
    }
    return runScope('forwardWithAux of FCN', () => {
      const { layer3, layer4 } = this.backbone.forward(x, options);
      return {
        out: resized(this.classifier.forward(layer4, options), x),
        aux: resized(auxClassifier.forward(layer3, options), x),
      };
    });
  }
}

function resized(scores: Tensor, { shape: [, , h, w] }: Tensor): Tensor {
  return interpolate(scores, { size: [h, w], mode: 'bilinear' });
}
