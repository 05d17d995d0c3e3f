import type { Sequential } from '@dl/layers';
import { type VGGOptions, vgg } from './vgg.ts';

/**
 * VGG-19 with torchvision's names: 16 convolutions of 3 × 3, then 4096, 4096 and `classes` units. 143,667,240 parameters, and with batch
 * normalisation 143,678,248.
 *
 * @returns a model from `[n, inChannels, h, w]`, of 32 pixels or more (224 in the paper), to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @see Simonyan & Zisserman, Very deep convolutional networks for large-scale image recognition, 2015
 */
export function vgg19(options: VGGOptions = {}): Sequential {
  return vgg(19, options);
}
