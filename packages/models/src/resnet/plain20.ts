import { CifarResNet, type CifarResNetOptions } from './cifar-resnet.ts';

/**
 * The plain network of 20 layers for images of 32 × 32: {@link resnet20} without its shortcuts, with the same 269,722 parameters. For the comparison that
 * shows what shortcuts are for: deeper plain networks end with a higher training error.
 *
 * @returns a model from `[n, 3, 32, 32]` to logits `[n, classes]`
 * @example
 * plain20({ classes: 100 }).forward(zeros([1, 3, 32, 32])).shape // [1, 100]
 * @see He, Zhang, Ren & Sun, Deep residual learning for image recognition, 2016, section 4.2
 */
export function plain20(options: Omit<CifarResNetOptions, 'shortcut'> = {}): CifarResNet {
  return new CifarResNet(3, { ...options, shortcut: 'none' });
}
