import { ImageDataset, type Normalization } from '../datasets/image-dataset.ts';
import { type FindOptions, findFiles } from '../files/find-files.ts';
import { nodeModules } from '../files/node-modules.ts';
import type { MnistFiles, MnistSplit } from './mnist-files.ts';
import { readIdxImages } from './read-idx-images.ts';

/** Options of {@link fashionMnist}. */
export interface FashionMnistOptions extends FindOptions {
  readonly split: MnistSplit;
  /** Default: {@link fashionMnistNormalization}. */
  readonly normalize?: Normalization | undefined;
}

/** Mean and deviation of the training pixels. */
export const fashionMnistNormalization: Normalization = { mean: 0.286, std: 0.353 };

const classNames = ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'];

const mirrors = [
  'https://storage.googleapis.com/tensorflow/tf-keras-datasets/',
  'http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/',
];

const files: { readonly [S in MnistSplit]: MnistFiles } = {
  train: {
    images: {
      name: 'train-images-idx3-ubyte.gz',
      bytes: 26_421_880,
      sha256: '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    },
    labels: {
      name: 'train-labels-idx1-ubyte.gz',
      bytes: 29_515,
      sha256: 'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
    },
  },
  test: {
    images: {
      name: 't10k-images-idx3-ubyte.gz',
      bytes: 4_422_102,
      sha256: '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    },
    labels: {
      name: 't10k-labels-idx1-ubyte.gz',
      bytes: 5_148,
      sha256: '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
    },
  },
};

/**
 * Fashion-MNIST: 28×28 grey pictures of ten kinds of clothes, x float32 `[1, 28, 28]`, found and downloaded as {@link mnist} is, in the
 * folder `fashion-mnist`. In Node only.
 *
 * @throws {@link DatasetUnavailableError} when no place has the files
 * @throws FormatError when a file is truncated, corrupt or something else
 * @throws the reason of `signal`, when it aborts
 * @example
 * const available = await fashionMnist({ split: 'test', download: false }).catch(() => undefined);
 * available?.classNames[9] ?? 'Ankle boot' // 'Ankle boot'
 * @see Xiao, Rasul & Vollgraf, Fashion-MNIST: a novel image dataset for benchmarking machine learning algorithms, 2017
 */
export async function fashionMnist(options: FashionMnistOptions): Promise<ImageDataset> {
  const { split, normalize = fashionMnistNormalization } = options;
  const op = 'fashionMnist';
  const node = nodeModules(op);
  const { images, labels } = files[split];
  const wanted = { op, folder: 'fashion-mnist', sets: [[images.name, labels.name]], remote: [images, labels] };
  const { paths, source } = await findFiles(node, wanted, mirrors, options);
  const read = await readIdxImages(node, op, paths, classNames.length, 0);
  return new ImageDataset({ ...read, imageShape: [1, 28, 28], classNames, normalize, source, split });
}
