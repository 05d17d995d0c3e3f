import { CifarResNet, type CifarResNetOptions } from './cifar-resnet.ts';

/**
 * ResNet-32 for images of 32 × 32: a {@link CifarResNet} with 5 blocks a stage, 464,154 parameters.
 *
 * @returns a model from `[n, 3, 32, 32]` to logits `[n, classes]`
 * @throws {@link ArgumentError} for an unknown shortcut
 * @example
 * resnet32({ classes: 100 }).forward(zeros([1, 3, 32, 32])).shape // [1, 100]
 * @see He, Zhang, Ren & Sun, Deep residual learning for image recognition, 2016, section 4.2
 */
export function resnet32(options: CifarResNetOptions = {}): CifarResNet {
  return new CifarResNet(5, options);
}
