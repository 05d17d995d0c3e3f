import { ArgumentError, FormatError } from '@dl/kernels';
import { ImageDataset, type Normalization } from '../datasets/image-dataset.ts';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import type { RemoteFile } from '../files/download.ts';
import { type FindOptions, type Found, findFiles } from '../files/find-files.ts';
import { type NodeModules, nodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
import { untar } from '../formats/untar.ts';
import { type CifarLabels, countCifar, decodeCifar } from './decode-cifar.ts';

/** Options of {@link cifar10}. */
export interface CifarOptions extends FindOptions {
  readonly split: 'train' | 'test';
  /** Paths of binary batches, with or without `.gz`, to read instead of the whole split. */
  readonly files?: readonly string[] | undefined;
  /** Default: that of the training pixels. */
  readonly normalize?: Normalization | undefined;
}

/** One of the two datasets. */
export interface CifarKind {
  readonly op: string;
  readonly folder: string;
  /** Folder of the files in the archive. */
  readonly inside: string;
  readonly files: { readonly train: readonly string[]; readonly test: readonly string[] };
  readonly archive: RemoteFile;
}

/** Either archive takes 185 MB unpacked, a batch less. */
const maxBytes = 192 * 2 ** 20;

/** Finds, reads and checks the files of a split. */
export async function readCifar(kind: CifarKind, layout: CifarLabels, options: CifarOptions): Promise<ImageDataset> {
  const node = nodeModules(kind.op);
  const { paths, source } = await find(node, kind, options);
  const batches: Uint8Array[] = [];
  for (const path of paths) {
    try {
      const bytes = await readBytes(node, kind.op, path, maxBytes);
      const files = /\.tar(\.gz)?$/.test(path) ? await untar(kind.op, bytes, membersOf(kind, options.split)) : [bytes];
      for (const file of files) countCifar(kind.op, file, layout);
      batches.push(...files);
    } catch (error) {
      throw error instanceof FormatError ? error.within(path) : error;
    }
  }
  const { classNames } = layout;
  const { normalize, split } = options;
  return new ImageDataset({ ...decodeCifar(batches, layout), imageShape: [3, 32, 32], classNames, normalize, source, split });
}

async function find(node: NodeModules, kind: CifarKind, options: CifarOptions): Promise<Found> {
  const { files, split } = options;
  if (files === undefined) {
    const loose = kind.files[split].map((name) => `${name}.gz`);
    const sets = [loose, loose.map((name) => `${kind.inside}/${name}`), [kind.archive.name]];
    const wanted = { op: kind.op, folder: kind.folder, sets, remote: [kind.archive] };
    return findFiles(node, wanted, ['https://www.cs.toronto.edu/~kriz/'], options);
  }
  if (files.length === 0 || options.directory !== undefined) {
    const got = files.length === 0 ? 'no file' : `directory ${options.directory} too`;
    throw new ArgumentError(kind.op, `files must be one or more paths, without a directory, got ${got}`);
  }
  const stats = await Promise.all(files.map((path) => node.fs.stat(path).catch(() => undefined)));
  const missing = files.filter((_, i) => !stats[i]?.isFile());
  if (missing.length > 0) {
    throw new DatasetUnavailableError(
      kind.op,
      missing.map((path) => `no file ${path}`),
      'files must be paths of binary batches',
    );
  }
  return { paths: files, source: files.join(', ') };
}

function membersOf({ inside, files }: CifarKind, split: CifarOptions['split']): readonly string[] {
  return files[split].map((name) => `${inside}/${name}`);
}
