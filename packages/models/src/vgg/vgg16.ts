import type { Sequential } from '@dl/layers';
import { type VGGOptions, vgg } from './vgg.ts';

/**
 * VGG-16 with torchvision's names: 13 convolutions of 3 × 3, then 4096, 4096 and `classes` units. 138,357,544 parameters, and with batch
 * normalisation 138,365,992.
 *
 * @returns a model from `[n, inChannels, h, w]`, of 32 pixels or more (224 in the paper), to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @see Simonyan & Zisserman, Very deep convolutional networks for large-scale image recognition, 2015
 */
export function vgg16(options: VGGOptions = {}): Sequential {
  return vgg(16, options);
}
