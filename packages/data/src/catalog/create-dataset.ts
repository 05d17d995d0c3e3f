import { ArgumentError, nearestName } from '@dl/kernels';
import { cacheDirectoryOf } from '../files/cache-directory.ts';
import { type NodeModules, nodeModules } from '../files/node-modules.ts';
import { blobs } from '../toy/blobs.ts';
import { circles } from '../toy/circles.ts';
import { moons } from '../toy/moons.ts';
import { spirals } from '../toy/spirals.ts';
import { threeClasses } from '../toy/three-classes.ts';
import { xor } from '../toy/xor.ts';
import { loadCsv } from './csv-set.ts';
import { loadImageFolder } from './image-folders.ts';
import { loadCifar10, loadCifar100, loadDigits, loadEmnist, loadFashionMnist, loadMnist, loadShapes } from './image-sets.ts';
import type { CatalogOptions, DatasetKind, NamedDataset } from './named-dataset.ts';
import { checkOptions, type Parts } from './parts.ts';
import { loadText, loadTinyShakespeare } from './text-sets.ts';
import { toySet } from './toy-sets.ts';

/** The name of a dataset that {@link createDataset} knows. */
export type DatasetName =
  | 'mnist'
  | 'fashion-mnist'
  | 'emnist'
  | 'emnist-byclass'
  | 'emnist-bymerge'
  | 'emnist-letters'
  | 'emnist-digits'
  | 'cifar-10'
  | 'cifar-100'
  | 'digits'
  | 'shapes'
  | 'moons'
  | 'circles'
  | 'spirals'
  | 'xor'
  | 'blobs'
  | 'three-classes'
  | 'tinyshakespeare';

interface Entry {
  readonly title: string;
  readonly description: string;
  readonly kind: DatasetKind;
  /** How many items there are to train on and to test with; undefined for a text. */
  readonly sizes: readonly [train: number, test: number] | undefined;
  /** Its folder in `DL_DATA_DIR` and in the cache; undefined for what is made up. */
  readonly folder: string | undefined;
  /** How it is to be had. */
  readonly get: string;
  readonly load: (options: CatalogOptions) => Promise<Parts>;
}

const downloads = 'downloaded when it is first used';
const made = 'made by the computer';

function emnistEntry(
  variant: 'balanced' | 'byclass' | 'bymerge' | 'letters' | 'digits',
  what: string,
  train: number,
  test: number,
): Entry {
  return {
    title: variant === 'balanced' ? 'EMNIST' : `EMNIST ${variant}`,
    description: `handwritten ${what}, 28 × 28`,
    kind: 'images',
    sizes: [train, test],
    folder: 'emnist',
    get: 'unpack NIST’s gzip.zip into $DL_DATA_DIR/emnist',
    load: loadEmnist(variant),
  };
}

function toyEntry(title: string, description: string, load: Entry['load']): Entry {
  return { title, description, kind: 'points', sizes: [1000, 500], folder: undefined, get: made, load };
}

const entries: { readonly [N in DatasetName]: Entry } = {
  mnist: {
    title: 'MNIST',
    description: 'handwritten digits, 28 × 28',
    kind: 'images',
    sizes: [60_000, 10_000],
    folder: 'mnist',
    get: `${downloads} (12 MB)`,
    load: loadMnist,
  },
  'fashion-mnist': {
    title: 'Fashion-MNIST',
    description: 'ten kinds of clothes, 28 × 28',
    kind: 'images',
    sizes: [60_000, 10_000],
    folder: 'fashion-mnist',
    get: `${downloads} (31 MB)`,
    load: loadFashionMnist,
  },
  emnist: emnistEntry('balanced', 'digits and letters, 47 classes', 112_800, 18_800),
  'emnist-byclass': emnistEntry('byclass', 'digits, capitals and small letters, 62 classes', 697_932, 116_323),
  'emnist-bymerge': emnistEntry('bymerge', 'digits and letters as often as they are, 47 classes', 697_932, 116_323),
  'emnist-letters': emnistEntry('letters', 'letters, 26 classes', 124_800, 20_800),
  'emnist-digits': emnistEntry('digits', 'digits, four times as many as MNIST', 240_000, 40_000),
  'cifar-10': {
    title: 'CIFAR-10',
    description: 'animals and vehicles in colour, 32 × 32, ten classes',
    kind: 'images',
    sizes: [50_000, 10_000],
    folder: 'cifar-10',
    get: `${downloads} (170 MB)`,
    load: loadCifar10,
  },
  'cifar-100': {
    title: 'CIFAR-100',
    description: 'things and beings in colour, 32 × 32, a hundred classes',
    kind: 'images',
    sizes: [50_000, 10_000],
    folder: 'cifar-100',
    get: `${downloads} (169 MB)`,
    load: loadCifar100,
  },
  digits: {
    title: 'drawn digits',
    description: 'digits drawn by the computer, 28 × 28',
    kind: 'images',
    sizes: [60_000, 10_000],
    folder: undefined,
    get: made,
    load: loadDigits,
  },
  shapes: {
    title: 'shapes',
    description: 'circles, squares and triangles drawn by the computer, 32 × 32',
    kind: 'images',
    sizes: [10_000, 1_000],
    folder: undefined,
    get: made,
    load: loadShapes,
  },
  moons: toyEntry(
    'Moons',
    'two half circles that reach into each other',
    toySet((toy) => moons({ noise: 0.1, ...toy }), 2),
  ),
  circles: toyEntry(
    'Circles',
    'a ring in a ring',
    toySet((toy) => circles({ noise: 0.05, factor: 0.5, ...toy }), 2),
  ),
  spirals: toyEntry(
    'Spirals',
    'two arms that wind about each other',
    toySet((toy) => spirals({ noise: 0.02, ...toy }), 2),
  ),
  xor: toyEntry('XOR', 'a square of four fields, two classes', toySet(xor, 2)),
  blobs: toyEntry('Blobs', 'three normal clouds anywhere', toySet(blobs, 3)),
  'three-classes': toyEntry('Three classes', 'three normal clouds at the corners of a triangle', toySet(threeClasses, 3)),
  tinyshakespeare: {
    title: 'tiny Shakespeare',
    description: 'a million characters of plays',
    kind: 'text',
    sizes: undefined,
    folder: 'tinyshakespeare',
    get: 'put input.txt of karpathy/char-rnn into $DL_DATA_DIR/tinyshakespeare',
    load: loadTinyShakespeare,
  },
};

/** The names that {@link createDataset} knows. */
export const datasetNames: readonly DatasetName[] = Object.keys(entries) as DatasetName[];

/** A line about a dataset that {@link createDataset} knows. */
export interface DatasetDescription {
  readonly name: DatasetName;
  readonly title: string;
  readonly description: string;
  readonly kind: DatasetKind;
  /** How many items there are to train on, before some are put aside to validate with; undefined for a text. */
  readonly train: number | undefined;
  /** How many there are to test with. */
  readonly test: number | undefined;
  /** How it is to be had. */
  readonly get: string;
  /** Its folder on this machine, where one is found: in `DL_DATA_DIR`, else in the cache. */
  readonly folder: string | undefined;
}

/**
 * The datasets that {@link createDataset} knows, for a list on a command line. In Node only.
 *
 * @example
 * describeDatasets().find(({ name }) => name === 'cifar-10')?.train // 50000
 */
export function describeDatasets(): DatasetDescription[] {
  const node = nodeModules('describeDatasets');
  return datasetNames.map((name) => {
    const { title, description, kind, sizes, get, folder } = entries[name];
    return { name, title, description, kind, train: sizes?.[0], test: sizes?.[1], get, folder: folder && folderOf(node, folder) };
  });
}

function folderOf(node: NodeModules, name: string): string | undefined {
  const roots = [process.env.DL_DATA_DIR, cacheDirectoryOf(node)].filter((root) => root !== undefined && root !== '');
  return roots.map((root) => node.path.join(root ?? '', name)).find((path) => node.streams.existsSync(path));
}

/**
 * A dataset by its name, or by a path: a table in a `.csv` or `.tsv` file, a text in a `.txt` file, images in a folder for each class. In parts to train on, to
 * validate with and to test with, which have no item in common: what a command line needs. In Node only.
 *
 * @throws {@link ArgumentError} for a name that is none, with the one that was meant, and for an option out of its range
 * @throws {@link DatasetUnavailableError} when no place has the files
 * @throws {@link FormatError} when a file is truncated, corrupt or something else
 * @example
 * const { train, validation, test, classNames } = await createDataset('digits', { limit: 1000, validation: 0.2 });
 * [train.size, validation?.size, test.size] // [800, 200, 1000]
 * classNames.length // 10
 */
export async function createDataset(name: string, options: CatalogOptions = {}): Promise<NamedDataset> {
  checkOptions(options);
  const { title, kind, load } = isName(name) ? entries[name] : ofPath(name);
  const parts = await load(options);
  return { name, title, kind, normalization: undefined, vocabulary: undefined, ...parts };
}

function isName(name: string): name is DatasetName {
  return Object.hasOwn(entries, name);
}

function ofPath(path: string): Pick<Entry, 'title' | 'kind' | 'load'> {
  const node = nodeModules('createDataset');
  const title = node.path.basename(path);
  const isThere = node.streams.existsSync(path);
  if (isThere && /\.[ct]sv(\.gz)?$/i.test(path)) return { title, kind: 'table', load: (options) => loadCsv(path, options) };
  if (isThere && /\.txt(\.gz)?$/i.test(path)) return { title, kind: 'text', load: (options) => loadText(path, options) };
  if (isThere && node.streams.statSync(path).isDirectory()) {
    return { title, kind: 'images', load: (options) => loadImageFolder(path, options) };
  }
  const near = nearestName(path, datasetNames);
  const hint = near === undefined ? '' : `; did you mean ${near}?`;
  const known = `${datasetNames.join(', ')}, or the path of a .csv, .tsv or .txt file or of a folder of images`;
  throw new ArgumentError('createDataset', `name must be ${known}, got ${path}${hint}`);
}
