import { CifarResNet, type CifarResNetOptions } from './cifar-resnet.ts';

/**
 * ResNet-56 for images of 32 × 32: a {@link CifarResNet} with 9 blocks a stage, 853,018 parameters.
 *
 * @returns a model from `[n, 3, 32, 32]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for an unknown shortcut
 * @example
 * resnet56({ classes: 100 }).forward(zeros([1, 3, 32, 32])).shape // [1, 100]
 * @see He, Zhang, Ren & Sun, Deep residual learning for image recognition, 2016, section 4.2
 */
export function resnet56(options: CifarResNetOptions = {}): CifarResNet {
  return new CifarResNet(9, options);
}
