import { Concat, MaxPool2d, Sequential } from '@dl/layers';
import type { Rng } from '@dl/tensor';
import { BasicConv2d } from './basic-conv2d.ts';

/** Channels of an inception module (Szegedy et al. 2015, table 1), in its order: `#1×1`, `#3×3 reduce`, `#3×3`, `#5×5 reduce`, `#5×5`, `pool proj`. */
export type InceptionChannels = readonly [
  pointwise: number,
  reduce3: number,
  conv3: number,
  reduce5: number,
  conv5: number,
  poolProjection: number,
];

/**
 * The inception module: 1 × 1, 3 × 3 and 5 × 5 convolutions and pooling beside each other, their channels put together; 1 × 1 convolutions before the
 * larger ones keep it cheap. The branch of 5 × 5 has 3 × 3 kernels, as in torchvision's weights.
 *
 * @returns a model from `[n, inChannels, h, w]` to `[n, pointwise + conv3 + conv5 + poolProjection, h, w]`
 * @example
 * inception(192, [64, 96, 128, 16, 32, 32]).forward(zeros([1, 192, 4, 4])).shape // [1, 256, 4, 4]
 * @see Szegedy et al., Going deeper with convolutions, 2015, figure 2b
 */
export function inception(inChannels: number, channels: InceptionChannels, rng?: Rng): Concat {
  const [pointwise, reduce3, conv3, reduce5, conv5, poolProjection] = channels;
  const conv = (from: number, to: number, kernelSize: 1 | 3): BasicConv2d =>
    new BasicConv2d(from, to, kernelSize, { padding: kernelSize === 3 ? 1 : 0, rng });
  return new Concat({
    branch1: conv(inChannels, pointwise, 1),
    branch2: new Sequential(conv(inChannels, reduce3, 1), conv(reduce3, conv3, 3)),
    branch3: new Sequential(conv(inChannels, reduce5, 1), conv(reduce5, conv5, 3)),
    branch4: new Sequential(new MaxPool2d(3, { stride: 1, padding: 1, ceilMode: true }), conv(inChannels, poolProjection, 1)),
  });
}
