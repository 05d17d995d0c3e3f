import { ImageDataset, type Normalization } from '../datasets/image-dataset.ts';
import { findFiles } from '../files/find-files.ts';
import { nodeModules } from '../files/node-modules.ts';
import { mnistNormalization } from './mnist.ts';
import type { MnistSplit } from './mnist-files.ts';
import { readIdxImages } from './read-idx-images.ts';

/** Which of the six selections of EMNIST. */
export type EmnistVariant = 'byclass' | 'bymerge' | 'balanced' | 'letters' | 'digits' | 'mnist';

/** Options of {@link emnist}. */
export interface EmnistOptions {
  readonly split: MnistSplit;
  readonly variant: EmnistVariant;
  /** Where the files are. Default: `$DL_DATA_DIR/emnist`. */
  readonly directory?: string | undefined;
  /** Default: {@link mnistNormalization}. */
  readonly normalize?: Normalization | undefined;
}

const digits = '0123456789';
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const small = 'abcdefghijklmnopqrstuvwxyz';
/** Small letters that look like their capital count as it. */
const merged = `${digits}${capitals}abdefghnqrt`;

const classes: { readonly [V in EmnistVariant]: string } = {
  byclass: digits + capitals + small,
  bymerge: merged,
  balanced: merged,
  letters: small,
  digits,
  mnist: digits,
};

/**
 * EMNIST, handwritten letters and digits: 28×28 grey images, x float32 `[1, 28, 28]`. In Node only. It is published as one archive, which
 * is not downloaded: unpack its `emnist-balanced-train-images-idx3-ubyte.gz` and so on into `directory`. The files have
 * columns first; images are turned upright here, and the labels of `letters` start at 0.
 *
 * @throws {@link DatasetUnavailableError} when no place has the files
 * @throws FormatError when a file is truncated, corrupt or something else
 * @example
 * const available = await emnist({ split: 'test', variant: 'letters' }).catch(() => undefined);
 * available?.classNames.length ?? 26 // 26
 * @see Cohen, Afshar, Tapson & van Schaik, EMNIST: an extension of MNIST to handwritten letters, 2017
 */
export async function emnist(options: EmnistOptions): Promise<ImageDataset> {
  const { split, variant, directory, normalize = mnistNormalization } = options;
  const node = nodeModules('emnist');
  const names = ['images-idx3', 'labels-idx1'].map((part) => `emnist-${variant}-${split}-${part}-ubyte.gz`);
  const wanted = { op: 'emnist', folder: 'emnist', sets: [names], remote: [] };
  const { paths, source } = await findFiles(node, wanted, [], { directory });
  const classNames = Array.from(classes[variant]);
  const { pixels, labels } = await readIdxImages(node, 'emnist', paths, classNames.length, variant === 'letters' ? 1 : 0);
  turnUpright(pixels);
  return new ImageDataset({ pixels, labels, imageShape: [1, 28, 28], classNames, normalize, source, split });
}

/** Swaps rows and columns of every image, in place. */
function turnUpright(pixels: Uint8Array): void {
  for (let begin = 0; begin < pixels.length; begin += 784) {
    for (let row = 1; row < 28; row++) {
      for (let column = 0; column < row; column++) {
        const below = begin + 28 * row + column;
        const above = begin + 28 * column + row;
        const kept = pixels[below];
        pixels[below] = pixels[above];
        pixels[above] = kept;
      }
    }
  }
}
