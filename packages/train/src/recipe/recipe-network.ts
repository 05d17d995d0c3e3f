import {
  AdaptiveAvgPool2d,
  BatchNorm2d,
  Conv2d,
  Dropout,
  Flatten,
  init,
  type Layer,
  LeakyReLU,
  Linear,
  Residual,
  Sequential,
} from '@dl/layers';
import type { Rng } from '@dl/tensor';

/** What a network is made for. */
export interface RecipeNetworkOptions {
  /** `[c, h, w]`. */
  readonly imageShape: readonly number[];
  readonly classes: number;
  /** Where the first weights are drawn from. */
  readonly rng: Rng;
  /** Channels of the first block; the second has twice as many. Default 16. */
  readonly width?: number | undefined;
}

/**
 * The network that {@link recipe} trains unless told another: two residual blocks with batch normalisation and leaky ReLUs, a fully connected layer
 * with dropout, and He's weights.
 *
 * @example
 * const network = recipeNetwork({ imageShape: [1, 28, 28], classes: 10, rng: new Rng(1), width: 8 });
 * network.forward(zeros([2, 1, 28, 28])).shape // [2, 10]
 */
export function recipeNetwork({ imageShape: [channels], classes, rng, width = 16 }: RecipeNetworkOptions): Layer {
  const network = new Sequential(
    ...convolution(channels, width, 2),
    new Residual(new Sequential(...convolution(width, width, 1))),
    ...convolution(width, 2 * width, 2),
    new Residual(new Sequential(...convolution(2 * width, 2 * width, 1))),
    new AdaptiveAvgPool2d(2),
    new Flatten(),
    new Linear(8 * width, 4 * width),
    new LeakyReLU(),
    new Dropout(0.2),
    new Linear(4 * width, classes, { rng }),
  );
  // The last layer, which no ReLU follows, keeps its small weights: the first loss is that of saying all classes alike.
  const weighted = network.modules().filter((layer) => layer instanceof Conv2d || layer instanceof Linear);
  for (const { weight } of weighted.slice(0, -1)) weight.assign(init.kaimingNormal(weight.shape, { rng }));
  return network;
}

function convolution(from: number, to: number, stride: number): Layer[] {
  return [new Conv2d(from, to, 3, { stride, padding: 1, bias: false }), new BatchNorm2d(to), new LeakyReLU()];
}
