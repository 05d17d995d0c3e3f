import { ResNet, type ResNetOptions } from './resnet.ts';

/**
 * ResNet-152 for ImageNet with torchvision's names: a {@link ResNet} with 60,192,808 parameters.
 *
 * @returns a model from `[n, 3, h, w]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for counts that are no positive integers
 * @see He, Zhang, Ren & Sun, Deep residual learning for image recognition, 2016, table 1
 */
export function resnet152(options: ResNetOptions = {}): ResNet {
  return new ResNet(152, options);
}
