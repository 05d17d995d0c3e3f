import { ArgumentError } from '@dl/kernels';
import { ImageDataset, type Normalization } from '../datasets/image-dataset.ts';
import { HostRandom, streams } from '../random/host-random.ts';
import { DigitArtist, digitSide } from './digit-artist.ts';

/** Options of {@link drawnDigits}. */
export interface DrawnDigitsOptions {
  /** How many images. Image i is the same whatever the size. Default 60,000 to train on, 10,000 to test with, as MNIST. */
  readonly size?: number | undefined;
  /** Equal seeds give equal images, on every machine. Default 0. */
  readonly seed?: number | undefined;
  /** The two have no image in common. Default `'train'`. */
  readonly split?: 'train' | 'test' | undefined;
  /** Default: {@link drawnDigitsNormalization}. */
  readonly normalize?: Normalization | undefined;
}

/** Mean and deviation of the pixels of {@link drawnDigits}. */
export const drawnDigitsNormalization: Normalization = { mean: 0.12, std: 0.216 };

/**
 * Handwritten-looking digits that are drawn by the computer, for where MNIST is not to be had: 28×28 grey images of ten
 * classes, x float32 `[1, 28, 28]`.
 *
 * A digit is one of several pen-stroke templates, with its points moved, bent by a smooth random field, stretched, slanted,
 * turned and shifted, drawn with a pen of random width, and given an uneven background and now and then a stray mark. An image is
 * drawn when it is first taken.
 *
 * @throws {@link ArgumentError} when the size or the seed is no non-negative integer
 * @example
 * const digits = drawnDigits({ size: 100, seed: 1 });
 * digits.get(0).x.shape // [1, 28, 28]
 */
export function drawnDigits(options: DrawnDigitsOptions = {}): ImageDataset {
  const { split = 'train', seed = 0, normalize = drawnDigitsNormalization } = options;
  const { size = split === 'train' ? 60_000 : 10_000 } = options;
  if (!Number.isSafeInteger(size) || size < 0) {
    throw new ArgumentError('drawnDigits', `size must be a non-negative integer, got ${size}`);
  }
  const random = new HostRandom('drawnDigits', seed, split === 'train' ? streams.trainDigits : streams.testDigits, 0);
  const label = (index: number): number => {
    random.restart(index);
    return random.below(10);
  };
  const artist = new DigitArtist();
  return new ImageDataset({
    pixels: new Uint8Array(size * digitSide * digitSide),
    labels: Uint8Array.from({ length: size }, (_, i) => label(i)),
    imageShape: [1, digitSide, digitSide],
    classNames: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    normalize,
    split,
    source: `digits drawn by the computer (seed ${seed})`,
    draw: (index, pixels) => artist.draw(label(index), random, pixels),
  });
}
