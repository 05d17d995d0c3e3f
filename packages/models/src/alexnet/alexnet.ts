import { AdaptiveAvgPool2d, Conv2d, Dropout, Flatten, Linear, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import type { ImageNetOptions } from '../image-net-options.ts';

/** Options of {@link alexnet}. */
export interface AlexNetOptions extends ImageNetOptions {
  /** The share of inputs that the first two linear layers drop in training. Default 0.5. */
  readonly dropout?: number | undefined;
}

/**
 * AlexNet as torchvision has it, with its names and first weights: one tower of 64, 192, 384, 256 and 256 channels without response normalisation,
 * then 4096, 4096 and `classes` units. 61,100,840 parameters.
 *
 * @returns a model from `[n, inChannels, h, w]`, of 63 pixels or more (224 in the paper), to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @see Krizhevsky, One weird trick for parallelizing convolutional neural networks, 2014
 */
export function alexnet({ inChannels = 3, classes = 1000, dropout = 0.5, rng }: AlexNetOptions = {}): Sequential {
  return new Sequential({
    features: new Sequential(
      new Conv2d(inChannels, 64, 11, { stride: 4, padding: 2, rng }),
      new ReLU(),
      new MaxPool2d(3, { stride: 2 }),
      new Conv2d(64, 192, 5, { padding: 2, rng }),
      new ReLU(),
      new MaxPool2d(3, { stride: 2 }),
      new Conv2d(192, 384, 3, { padding: 1, rng }),
      new ReLU(),
      new Conv2d(384, 256, 3, { padding: 1, rng }),
      new ReLU(),
      new Conv2d(256, 256, 3, { padding: 1, rng }),
      new ReLU(),
      new MaxPool2d(3, { stride: 2 }),
    ),
    avgpool: new AdaptiveAvgPool2d(6),
    flatten: new Flatten(),
    classifier: new Sequential(
      new Dropout(dropout),
      new Linear(256 * 6 * 6, 4096, { rng }),
      new ReLU(),
      new Dropout(dropout),
      new Linear(4096, 4096, { rng }),
      new ReLU(),
      new Linear(4096, classes, { rng }),
    ),
  });
}
