import { FormatError, formatShape, type HostTensor } from '@dl/kernels';
import { ImageDataset, type Normalization } from '../datasets/image-dataset.ts';
import type { DownloadOptions } from '../files/download.ts';
import { type NodeModules, nodeModules } from '../files/node-modules.ts';
import { decodeIdx } from '../formats/decode-idx.ts';
import { gunzip } from '../formats/gunzip.ts';
import { findMnist } from './find-mnist.ts';
import { type MnistSplit, mnistFiles, mnistMirrors } from './mnist-files.ts';

/** Options of {@link mnist}. */
export interface MnistOptions extends DownloadOptions {
  readonly split: MnistSplit;
  /** Where the files are; no other place is looked at then. Default: see {@link mnist}. */
  readonly directory?: string | undefined;
  /** Whether the network may be asked. Default true. */
  readonly download?: boolean | undefined;
  /** Folders on the web, each ending in a slash. Default: two public ones. */
  readonly mirrors?: readonly string[] | undefined;
  /** Default: {@link mnistNormalization}. */
  readonly normalize?: Normalization | undefined;
}

/** Mean and deviation of the training pixels, as in PyTorch's examples. */
export const mnistNormalization: Normalization = { mean: 0.1307, std: 0.3081 };

/** MNIST takes 47 MB; a file that inflates to more than this is none. */
const maxBytes = 64 * 2 ** 20;

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
  const { split, download = true, mirrors = mnistMirrors, normalize = mnistNormalization } = options;
  const node = nodeModules('mnist');
  options.signal?.throwIfAborted();
  const { images, labels, source } = await findMnist(node, mnistFiles[split], { ...options, download, mirrors });
  const [x, y] = await Promise.all([readIdx(node, images), readIdx(node, labels)]);
  check(x, y, images, labels);
  const classNames = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
  return new ImageDataset({ pixels: x.data, labels: y.data, imageShape: [1, 28, 28], classNames, normalize, source });
}

interface ByteTensor extends HostTensor {
  readonly data: Uint8Array;
}

async function readIdx({ fs }: NodeModules, path: string): Promise<ByteTensor> {
  const bytes = new Uint8Array(await fs.readFile(path));
  try {
    const idx = decodeIdx(path.endsWith('.gz') ? await gunzip(bytes, { maxBytes }) : bytes);
    if (!(idx.data instanceof Uint8Array)) throw new FormatError('mnist', `elements must be bytes, got ${idx.dtype}`);
    return { ...idx, data: idx.data };
  } catch (error) {
    throw error instanceof FormatError ? error.within(path) : error;
  }
}

function check(x: HostTensor, y: HostTensor, images: string, labels: string): void {
  if (x.shape.length !== 3 || x.shape[1] !== 28 || x.shape[2] !== 28) {
    throw new FormatError('mnist', `images must be [n, 28, 28], got ${formatShape(x.shape)}`).within(images);
  }
  if (y.shape.length !== 1 || y.shape[0] !== x.shape[0]) {
    throw new FormatError('mnist', `labels must be [${x.shape[0]}], one for each image, got ${formatShape(y.shape)}`).within(
      labels,
    );
  }
  const bad = y.data.findIndex((label) => label > 9);
  if (bad >= 0) throw new FormatError('mnist', `labels must be 0 to 9, got ${y.data[bad]} (image ${bad})`).within(labels);
}
