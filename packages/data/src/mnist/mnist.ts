import { ImageDataset, type Normalization } from '../datasets/image-dataset.ts';
import { type FindOptions, findFiles } from '../files/find-files.ts';
import { nodeModules } from '../files/node-modules.ts';
import { type MnistSplit, mnistFiles, mnistMirrors } from './mnist-files.ts';
import { readIdxImages } from './read-idx-images.ts';

/** Options of {@link mnist}. */
export interface MnistOptions extends FindOptions {
  readonly split: MnistSplit;
  /** Default: {@link mnistNormalization}. */
  readonly normalize?: Normalization | undefined;
}

/** Mean and deviation of the training pixels, as in PyTorch's examples. */
export const mnistNormalization: Normalization = { mean: 0.1307, std: 0.3081 };

/**
 * The MNIST handwritten digits: 28×28 grey images of ten classes, x float32 `[1, 28, 28]`. In Node only.
 *
 * The four `.idx` files, with or without `.gz`, are taken from the first of these that has them; {@link ImageDataset.source} says which:
 * `directory`; `$DL_DATA_DIR/mnist`; the cache (see {@link cacheDirectory}); a mirror, from which they are downloaded into the
 * cache, going on where an earlier attempt stopped, and kept once their SHA-256 is right.
 *
 * @throws {@link DatasetUnavailableError} when no place has the files
 * @throws FormatError when a file is truncated, corrupt or something else
 * @throws the reason of `signal`, when it aborts
 * @example
 * const available = await mnist({ split: 'test', download: false }).catch(() => undefined);
 * available?.imageShape ?? [1, 28, 28] // [1, 28, 28]
 * @see LeCun, Bottou, Bengio & Haffner, Gradient-based learning applied to document recognition, 1998
 */
export async function mnist(options: MnistOptions): Promise<ImageDataset> {
  const { split, normalize = mnistNormalization } = options;
  const node = nodeModules('mnist');
  const { images, labels } = mnistFiles[split];
  const wanted = { op: 'mnist', folder: 'mnist', sets: [[images.name, labels.name]], remote: [images, labels] };
  const { paths, source } = await findFiles(node, wanted, mnistMirrors, options);
  const classNames = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
  const read = await readIdxImages(node, 'mnist', paths, classNames.length, 0);
  return new ImageDataset({ ...read, imageShape: [1, 28, 28], classNames, normalize, source, split });
}
