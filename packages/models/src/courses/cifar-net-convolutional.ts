import { AdaptiveAvgPool2d, Flatten, Sequential } from '@dl/layers';
import { toConvolutional } from '../tools/to-convolutional.ts';
import { type CifarNetOptions, cifarNet } from './cifar-net.ts';

/**
 * {@link cifarNet} for images of any size from 32 × 32 on: its linear layers are convolutions, and the map of scores is averaged. For images of
 * 32 × 32 the two are one function.
 *
 * @returns a model from `[n, inChannels, h, w]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @example
 * cifarNetConvolutional().forward(zeros([2, 3, 48, 64])).shape // [2, 10]
 */
export function cifarNetConvolutional(options: CifarNetOptions = {}): Sequential {
  const { inChannels = 3 } = options;
  const scores = toConvolutional(cifarNet(options), [inChannels, 32, 32]);
  return new Sequential({ scores, avgpool: new AdaptiveAvgPool2d(1), flatten: new Flatten() });
}
