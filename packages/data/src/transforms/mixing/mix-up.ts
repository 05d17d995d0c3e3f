import type { BatchTransform, ImageBatch } from '../transform.ts';
import { type MixOptions, mixBatch } from './mix-batch.ts';

/**
 * Mixes each image of a batch with the one before it, and their classes alike: $\lambda x_i + (1 - \lambda) x_{i-1}$ with
 * $\lambda \sim \text{Beta}(\alpha, \alpha)$ drawn for each image. Targets become float32 `[n, classes]`, which `crossEntropy` takes.
 *
 * @returns a transform, which throws a {@link ShapeError} or an {@link ArgumentError} for a batch that is not of images and classes
 * @throws {@link ArgumentError} when `numClasses` is no positive integer, or `alpha` not positive
 * @example
 * const digits = drawnDigits({ size: 100 });
 * const transform = mixUp({ numClasses: 10, alpha: 0.2 });
 * const loader = new DataLoader(digits, { batchSize: 10, shuffle: true, seed: 7, transform });
 * const randoms = [3, 4].map((index) => sampleRandom({ seed: 7, epoch: 0, index }));
 * transform(digits.getBatch([3, 4]), randoms).y.shape // [2, 10]
 * @see Zhang, Cisse, Dauphin & Lopez-Paz, mixup: beyond empirical risk minimization, 2018
 */
export function mixUp(options: MixOptions): BatchTransform<ImageBatch> {
  return mixBatch('mixUp', options, ({ image, partner, out }, _, share) => {
    for (let i = 0; i < out.length; i++) out[i] = share * image[i] + (1 - share) * partner[i];
    return share;
  });
}
