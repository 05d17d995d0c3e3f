import type { Sequential } from '@dl/layers';
import { type VGGOptions, vgg } from './vgg.ts';

/**
 * VGG-11 with torchvision's names: 8 convolutions of 3 × 3, then 4096, 4096 and `classes` units. 132,863,336 parameters, and with batch
 * normalisation 132,868,840.
 *
 * @returns a model from `[n, inChannels, h, w]`, of 32 pixels or more (224 in the paper), to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @see Simonyan & Zisserman, Very deep convolutional networks for large-scale image recognition, 2015
 */
export function vgg11(options: VGGOptions = {}): Sequential {
  return vgg(11, options);
}
