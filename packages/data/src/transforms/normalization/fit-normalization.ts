import { ArgumentError, formatShape, type HostTensor, ShapeError, sameShape } from '@dl/kernels';
import type { Dataset } from '../../dataset.ts';
import type { Normalization } from '../../datasets/image-dataset.ts';
import { checkImage } from '../float-image.ts';

/** Options of {@link fitNormalization}. */
export interface FitNormalizationOptions {
  /**
   * - `'perChannel'`: mean 0 and deviation 1 in each channel
   * - `'meanImage'`: the mean image subtracted
   * - `'symmetric'`: the least and the largest number become -1 and 1
   */
  readonly kind: 'perChannel' | 'meanImage' | 'symmetric';
}

/**
 * What {@link normalize} does to images, learnt from those of `dataset`. Give it the training split alone, and use the result for all
 * splits: what is to be tested must not be looked at. Numbers in plain objects, to be saved with the weights.
 *
 * @param dataset - of images float32 `[c, h, w]`, all of one shape
 * @throws {@link ArgumentError} when there are no images, or a channel (for `'symmetric'`: the dataset) has one value only
 * @throws {@link ShapeError} for anything but images
 * @example
 * const [train, test] = split(drawnDigits({ size: 100, normalize: { mean: 0, std: 1 } }), [0.8, 0.2]);
 * const toSymmetric = normalize(await fitNormalization(train, { kind: 'symmetric' }));
 * const { x } = await test.get(0);
 * toSymmetric(x).shape // [1, 28, 28]
 */
export async function fitNormalization(
  dataset: Dataset<{ readonly x: HostTensor }>,
  { kind }: FitNormalizationOptions,
): Promise<Normalization> {
  if (dataset.size === 0) throw new ArgumentError('fitNormalization', 'there must be images, got none');
  const { shape, data: first } = checkImage('fitNormalization', (await dataset.get(0)).x);
  const seen = {
    sum: new Float64Array(first.length),
    squares: new Float64Array(first.length),
    least: first.slice(),
    largest: first.slice(),
  };
  for (let index = 0; index < dataset.size; index++) {
    const image = checkImage('fitNormalization', (await dataset.get(index)).x);
    if (!sameShape(image.shape, shape)) {
      throw new ShapeError(
        'fitNormalization',
        `images must have one shape, got ${formatShape(shape)} and ${formatShape(image.shape)} (image ${index})`,
      );
    }
    look(image.data, seen);
  }
  return fits[kind](seen, dataset.size, shape[0]);
}

/** What was seen at each number of an image. */
interface Seen {
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  readonly least: Float32Array;
  readonly largest: Float32Array;
}

function look(data: Float32Array, { sum, squares, least, largest }: Seen): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i];
    sum[i] += value;
    squares[i] += value * value;
    if (value < least[i]) least[i] = value;
    if (value > largest[i]) largest[i] = value;
  }
}

const fits: {
  readonly [K in FitNormalizationOptions['kind']]: (seen: Seen, images: number, channels: number) => Normalization;
} = {
  perChannel(seen, images, channels) {
    const plane = seen.sum.length / channels;
    const each = Array.from({ length: channels }, (_, c) => {
      const [begin, end] = [c * plane, (c + 1) * plane];
      checkVaries(seen, begin, end, `channel ${c}`);
      const mean = total(seen.sum.subarray(begin, end)) / (images * plane);
      const variance = total(seen.squares.subarray(begin, end)) / (images * plane) - mean * mean;
      return { mean, std: Math.sqrt(variance) };
    });
    return { mean: each.map(({ mean }) => mean), std: each.map(({ std }) => std) };
  },
  meanImage: ({ sum }, images) => ({ mean: Array.from(sum, (value) => value / images), std: 1 }),
  symmetric(seen) {
    const { least, largest } = checkVaries(seen, 0, seen.sum.length, 'dataset');
    return { mean: (least + largest) / 2, std: (largest - least) / 2 };
  },
};

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

function checkVaries(seen: Seen, begin: number, end: number, what: string): { readonly least: number; readonly largest: number } {
  const least = seen.least.subarray(begin, end).reduce((a, b) => Math.min(a, b));
  const largest = seen.largest.subarray(begin, end).reduce((a, b) => Math.max(a, b));
  if (least < largest) return { least, largest };
  throw new ArgumentError('fitNormalization', `there must be more than one value, got only ${least} (${what})`);
}
