import { ResNet, type ResNetOptions } from './resnet.ts';

/**
 * ResNet-50 for ImageNet with torchvision's names: a {@link ResNet} with 25,557,032 parameters.
 *
 * @returns a model from `[n, 3, h, w]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @see He, Zhang, Ren & Sun, Deep residual learning for image recognition, 2016, table 1
 */
export function resnet50(options: ResNetOptions = {}): ResNet {
  return new ResNet(50, options);
}
