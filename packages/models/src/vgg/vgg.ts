import { AdaptiveAvgPool2d, Conv2d, Dropout, Flatten, init, Linear, ReLU, Sequential } from '@dl/layers';
import { assignFresh } from '../assign-fresh.ts';
import type { ImageNetOptions } from '../image-net-options.ts';
import { type VGGDepth, vggFeatures } from './vgg-features.ts';

/** Options of {@link vgg11} and its deeper sisters. */
export interface VGGOptions extends ImageNetOptions {
  /** Whether batch normalisation follows each convolution. Default `false`. */
  readonly batchNorm?: boolean | undefined;
  /** The share of units of the two hidden linear layers that is dropped in training. Default 0.5. */
  readonly dropout?: number | undefined;
  /**
   * Whether first weights are torchvision's, with Kaiming's deviation; `false` keeps those of {@link Conv2d} and {@link Linear}, which are drawn in
   * a third of the time: for a model that gets trained weights. Default `true`.
   */
  readonly initWeights?: boolean | undefined;
}

/** torchvision's VGG, of any depth. */
export function vgg(depth: VGGDepth, options: VGGOptions): Sequential {
  const { inChannels = 3, classes = 1000, batchNorm, dropout = 0.5, initWeights = true, rng } = options;
  const model = new Sequential({
    features: vggFeatures(depth, { inChannels, batchNorm, rng }),
    avgpool: new AdaptiveAvgPool2d(7),
    flatten: new Flatten(),
    classifier: new Sequential(
      new Linear(512 * 7 * 7, 4096, { rng }),
      new ReLU(),
      new Dropout(dropout),
      new Linear(4096, 4096, { rng }),
      new ReLU(),
      new Dropout(dropout),
      new Linear(4096, classes, { rng }),
    ),
  });
  if (!initWeights) return model;
  for (const module of model.modules()) {
    if (!(module instanceof Conv2d || module instanceof Linear)) continue;
    const { weight, bias } = module;
    const { shape } = weight;
    const isConv = module instanceof Conv2d;
    assignFresh(weight, isConv ? init.kaimingNormal(shape, { mode: 'fanOut', rng }) : init.normal(shape, { std: 0.01, rng }));
    assignFresh(bias, init.zeros([shape[0]]));
  }
  return model;
}
