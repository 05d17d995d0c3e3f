import type { Sequential } from '@dl/layers';
import { type VGGOptions, vgg } from './vgg.ts';

/**
 * VGG-13 with torchvision's names: 10 convolutions of 3 × 3, then 4096, 4096 and `classes` units. 133,047,848 parameters, and with batch
 * normalisation 133,053,736.
 *
 * @returns a model from `[n, inChannels, h, w]`, of 32 pixels or more (224 in the paper), to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @see Simonyan & Zisserman, Very deep convolutional networks for large-scale image recognition, 2015
 */
export function vgg13(options: VGGOptions = {}): Sequential {
  return vgg(13, options);
}
