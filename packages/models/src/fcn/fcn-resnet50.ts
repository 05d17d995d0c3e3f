import { FCN, type FCNOptions } from './fcn.ts';

/**
 * torchvision's `fcn_resnet50`: an {@link FCN} on ResNet-50. 32,957,013 parameters with 21 classes, 35,322,218 with the auxiliary head.
 *
 * @returns a model from `[n, 3, h, w]` to logits `[n, classes, h, w]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 */
export function fcnResnet50(options: FCNOptions = {}): FCN {
  return new FCN(50, options);
}
