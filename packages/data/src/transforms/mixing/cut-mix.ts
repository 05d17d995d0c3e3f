import type { BatchTransform, ImageBatch } from '../transform.ts';
import { type MixOptions, mixBatch } from './mix-batch.ts';

/**
 * Puts a box of the image before it into each image of a batch, and mixes their classes by area. The box has the image's shape and
 * $1 - \lambda$ of its area, $\lambda \sim \text{Beta}(\alpha, \alpha)$ drawn for each image; its centre is anywhere, and what lies beyond
 * the edge is lost to it. Targets become float32 `[n, classes]`, which `crossEntropy` takes.
 *
 * @returns a transform, which throws a {@link ShapeError} or an {@link ArgumentError} for a batch that is not of images and classes
 * @throws {@link ArgumentError} when `numClasses` is no positive integer, or `alpha` not positive
 * @example
 * const digits = drawnDigits({ size: 100 });
 * const transform = cutMix({ numClasses: 10 });
 * const loader = new DataLoader(digits, { batchSize: 10, shuffle: true, seed: 7, transform });
 * const randoms = [3, 4].map((index) => sampleRandom({ seed: 7, epoch: 0, index }));
 * transform(digits.getBatch([3, 4]), randoms).y.shape // [2, 10]
 * @see Yun et al., CutMix: regularization strategy to train strong classifiers with localizable features, 2019
 */
export function cutMix(options: MixOptions): BatchTransform<ImageBatch> {
  return mixBatch('cutMix', options, ({ image, partner, out }, [, height, width], share, random) => {
    const [top, bottom] = side(height, share, random.below(height));
    const [left, right] = side(width, share, random.below(width));
    out.set(image);
    for (let row = 0; row < out.length / width; row++) {
      if (row % height < top || row % height >= bottom) continue;
      out.set(partner.subarray(row * width + left, row * width + right), row * width + left);
    }
    return 1 - ((bottom - top) * (right - left)) / (height * width);
  });
}

function side(extent: number, share: number, center: number): readonly [number, number] {
  const half = Math.floor((extent * Math.sqrt(1 - share)) / 2);
  return [Math.max(0, center - half), Math.min(extent, center + half)];
}
