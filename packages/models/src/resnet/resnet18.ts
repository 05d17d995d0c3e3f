import { ResNet, type ResNetOptions } from './resnet.ts';

/**
 * ResNet-18 for ImageNet with torchvision's names: a {@link ResNet} with 11,689,512 parameters.
 *
 * @returns a model from `[n, 3, h, w]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @example
 * resnet18({ classes: 5 }).forward(zeros([1, 3, 64, 64])).shape // [1, 5]
 * @see He, Zhang, Ren & Sun, Deep residual learning for image recognition, 2016, table 1
 */
export function resnet18(options: ResNetOptions = {}): ResNet {
  return new ResNet(18, options);
}
