import { AdaptiveAvgPool2d, AvgPool2d, Conv2d, Dropout, Flatten, type Layer, MaxPool2d, ReLU, Sequential } from '@dl/layers';
import type { CifarNetOptions } from './courses/cifar-net.ts';

/**
 * Network in network for CIFAR: three times a convolution and two of 1 × 1, each with ReLU, the last of `classes` channels, which global average
 * pooling makes logits of. No linear layer, so images may have any size. 966,986 parameters.
 *
 * @returns a model from `[n, inChannels, h, w]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @example
 * nin().forward(zeros([2, 3, 40, 32])).shape // [2, 10]
 * @see Lin, Chen & Yan, Network in network, 2014
 */
export function nin({ inChannels = 3, classes = 10, dropout = 0.5, rng }: CifarNetOptions = {}): Sequential {
  const mlpconv = (from: number, kernelSize: number, [wide, middle, out]: readonly [number, number, number]): Layer[] => [
    new Conv2d(from, wide, kernelSize, { padding: (kernelSize - 1) / 2, rng }),
    new ReLU(),
    new Conv2d(wide, middle, 1, { rng }),
    new ReLU(),
    new Conv2d(middle, out, 1, { rng }),
    new ReLU(),
  ];
  return new Sequential({
    block1: new Sequential(...mlpconv(inChannels, 5, [192, 160, 96])),
    pool1: new MaxPool2d(3, { stride: 2, ceilMode: true }),
    dropout1: new Dropout(dropout),
    block2: new Sequential(...mlpconv(96, 5, [192, 192, 192])),
    pool2: new AvgPool2d(3, { stride: 2, ceilMode: true }),
    dropout2: new Dropout(dropout),
    block3: new Sequential(...mlpconv(192, 3, [192, 192, classes])),
    avgpool: new AdaptiveAvgPool2d(1),
    flatten: new Flatten(),
  });
}
