import { cifar10, cifar10Normalization } from '../cifar/cifar-10.ts';
import { cifar100, cifar100Normalization } from '../cifar/cifar-100.ts';
import type { CifarOptions } from '../cifar/read-cifar.ts';
import type { ImageDataset, Normalization } from '../datasets/image-dataset.ts';
import { drawnDigits, drawnDigitsNormalization } from '../digits/drawn-digits.ts';
import { nodeModules } from '../files/node-modules.ts';
import { type EmnistVariant, emnist } from '../mnist/emnist.ts';
import { fashionMnist, fashionMnistNormalization } from '../mnist/fashion-mnist.ts';
import { mnist, mnistNormalization } from '../mnist/mnist.ts';
import { shapeClasses } from '../shapes/shape-classes.ts';
import type { CatalogOptions } from './named-dataset.ts';
import { first, type Parts, withValidation } from './parts.ts';

/** From [0, 1] to [-2, 2]. */
const shapesNormalization: Normalization = { mean: 0.5, std: 0.25 };

type Load = (options: CatalogOptions) => Promise<Parts>;
type Split = 'train' | 'test';

/** MNIST and its like, from the function that reads a split. */
function imageSet(
  normalization: Normalization,
  read: (split: Split, options: CatalogOptions) => Promise<ImageDataset> | ImageDataset,
): Load {
  return async (options) => {
    // The smaller files first: where a place lacks them, that is known early.
    const test = await read('test', options);
    const all = await read('train', options);
    const { source, imageShape: inputShape, classNames } = all;
    const parts = withValidation(first(all, options), options);
    return { source, inputShape, classNames, normalization, ...parts, test: first(test, options) };
  };
}

export const loadMnist: Load = imageSet(mnistNormalization, (split, options) => mnist({ ...options, split }));
export const loadFashionMnist: Load = imageSet(fashionMnistNormalization, (split, options) =>
  fashionMnist({ ...options, split }),
);
export const loadEmnist = (variant: EmnistVariant): Load =>
  imageSet(mnistNormalization, (split, options) => emnist({ ...options, split, variant }));
export const loadDigits: Load = imageSet(drawnDigitsNormalization, (split, { seed, limit = Infinity }) =>
  drawnDigits({ split, seed, size: Math.min(limit, split === 'train' ? 60_000 : 10_000) }),
);
export const loadCifar10: Load = imageSet(cifar10Normalization, (split, options) => cifar10(chosen(split, 'cifar-10', options)));
export const loadCifar100: Load = imageSet(cifar100Normalization, (split, options) =>
  cifar100(chosen(split, 'cifar-100', options)),
);

export const loadShapes: Load = imageSet(shapesNormalization, (split, { seed, limit = Infinity }) =>
  shapeClasses({
    split,
    seed,
    size: Math.min(limit, split === 'train' ? 10_000 : 1_000),
    imageSize: [32, 32],
    normalize: shapesNormalization,
  }),
);

/** The batches that were asked for: a bare name, with or without what it ends in, is of the folder. */
function chosen(split: Split, folder: string, { files, testFiles, directory, ...options }: CatalogOptions): CifarOptions {
  const names = split === 'train' ? files : testFiles;
  if (names === undefined) return { ...options, directory, split };
  const { path, streams } = nodeModules('createDataset');
  const inside = directory ?? (process.env.DL_DATA_DIR ? path.join(process.env.DL_DATA_DIR, folder) : '.');
  const existing = (name: string): string =>
    [name, ...['', '.bin', '.bin.gz', '.gz'].map((end) => path.join(inside, name + end))].find((candidate) =>
      streams.existsSync(candidate),
    ) ?? path.join(inside, name);
  return { ...options, split, files: names.map(existing) };
}
