import { InstanceNorm } from './instance-norm.ts';

/**
 * Instance normalisation, $y = \frac{x - \mu_{nc}}{\sqrt{\sigma_{nc}^2 + \epsilon}} \gamma_c + \beta_c$, for each channel of each image of
 * `[n, c, h, w]`, in training and in inference: contrast and brightness of an image go, its shapes stay.
 *
 * With `trackRunningStats`, training keeps the mean of the images' moments, and inference uses that, as in PyTorch; `num_batches_tracked` stays 0, as
 * there.
 *
 * @example
 * new InstanceNorm2d(3).forward(randn([4, 3, 8, 8])).shape // [4, 3, 8, 8]
 * @see Ulyanov, Vedaldi & Lempitsky, Instance normalization: the missing ingredient for fast stylization, 2016
 */
export class InstanceNorm2d extends InstanceNorm {
  protected override get ranks(): readonly number[] {
    return [4];
  }
}
