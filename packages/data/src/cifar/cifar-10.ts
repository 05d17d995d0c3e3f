import type { ImageDataset, Normalization } from '../datasets/image-dataset.ts';
import { type CifarKind, type CifarOptions, readCifar } from './read-cifar.ts';

/** Mean and deviation of each channel of the training pixels. */
export const cifar10Normalization: Normalization = { mean: [0.4914, 0.4822, 0.4465], std: [0.247, 0.2435, 0.2616] };

const kind: CifarKind = {
  op: 'cifar10',
  folder: 'cifar-10',
  inside: 'cifar-10-batches-bin',
  files: {
    train: ['data_batch_1.bin', 'data_batch_2.bin', 'data_batch_3.bin', 'data_batch_4.bin', 'data_batch_5.bin'],
    test: ['test_batch.bin'],
  },
  archive: {
    name: 'cifar-10-binary.tar.gz',
    bytes: 170_052_171,
    sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
  },
};

const classNames = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

/**
 * CIFAR-10: 32×32 colour pictures of ten classes, 50,000 to train on and 10,000 to test with, x float32 `[3, 32, 32]`. In Node only.
 *
 * Taken from the first place that has it, as {@link mnist} is, in the folder `cifar-10`: the official binary batches, with or
 * without `.gz`, loose or in `cifar-10-batches-bin`; or the archive `cifar-10-binary.tar.gz`, which is what is downloaded. `files` reads
 * some batches alone.
 *
 * @throws {@link DatasetUnavailableError} when no place has the files
 * @throws FormatError when a file is truncated, corrupt or something else
 * @throws {@link ArgumentError} when both `directory` and `files` are given
 * @throws the reason of `signal`, when it aborts
 * @example
 * const available = await cifar10({ split: 'test', download: false }).catch(() => undefined);
 * available?.imageShape ?? [3, 32, 32] // [3, 32, 32]
 * @see Krizhevsky, Learning multiple layers of features from tiny images, 2009
 */
export function cifar10(options: CifarOptions): Promise<ImageDataset> {
  const labels = { at: 0, bytes: 1, classNames };
  return readCifar(kind, labels, { ...options, normalize: options.normalize ?? cifar10Normalization });
}
