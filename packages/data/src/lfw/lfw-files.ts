import { FormatError } from '@dl/kernels';
import { dataFolder } from '../files/data-folder.ts';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import { type NodeModules, nodeModules } from '../files/node-modules.ts';
import { firstFile, firstFolder, readLines, type TextLine } from '../files/read-text.ts';
import type { ImageFileOptions } from '../folders/image-file-dataset.ts';

/** How the faces were aligned. */
export type LfwAlignment = 'original' | 'funneled' | 'deepfunneled';

/** Which lists: view 2, of ten folds, to report results on; or view 1, to choose a model by. */
export type LfwView = '10fold' | 'train' | 'test';

/** Options of {@link lfw} and {@link lfwPairs}. */
export interface LfwOptions extends ImageFileOptions {
  /** `'10fold'` are the lists that results are reported on, in ten folds; `'train'` and `'test'` are those to choose a model by. Default `'10fold'`. */
  readonly view?: LfwView | undefined;
  /** Default `'funneled'`. */
  readonly alignment?: LfwAlignment | undefined;
  /** Where the lists and the folder of images are. Default: `$DL_DATA_DIR/lfw`. */
  readonly directory?: string | undefined;
}

const op = 'lfw';
const suffixes: { readonly [V in LfwView]: string } = { '10fold': '', train: 'DevTrain', test: 'DevTest' };

const folders: { readonly [A in LfwAlignment]: readonly string[] } = {
  original: ['lfw'],
  funneled: ['lfw_funneled', 'lfw-funneled'],
  deepfunneled: ['lfw-deepfunneled', 'lfw_deepfunneled'],
};

/** A list of the dataset, read by `parse`, and where its images are. */
export interface LfwList<T> {
  readonly list: T;
  /** The full path of an image by that in the dataset. */
  readonly pathOf: (image: string) => string;
  /** The first words of the lines of `lfw-names.txt`, where that is there. */
  readonly names: readonly string[] | undefined;
  readonly source: string;
  readonly split: string | undefined;
}

/**
 * Finds a list and the folder of images.
 *
 * @throws DatasetUnavailableError when they are not there
 * @throws FormatError when the list is corrupt
 */
export async function readLfwList<T>(
  kind: 'pairs' | 'people',
  { view = '10fold', alignment = 'funneled', directory }: LfwOptions,
  parse: (lines: readonly TextLine[]) => T,
): Promise<LfwList<T>> {
  const node = nodeModules(op);
  const root = dataFolder(node, op, 'lfw', directory);
  const name = `${kind}${suffixes[view]}.txt`;
  const path = await firstFile(node, [node.path.join(root, name)]);
  const images = await firstFolder(
    node,
    folders[alignment].map((folder) => node.path.join(root, folder)),
  );
  if (path === undefined || images === undefined) {
    const tried = [path === undefined ? `no ${name} in ${root}` : `no folder ${folders[alignment][0]} in ${root}`];
    throw new DatasetUnavailableError(op, tried, 'unpack lfw-funneled.tgz and put pairs.txt and people.txt beside its folder');
  }
  const namesPath = await firstFile(node, [node.path.join(root, 'lfw-names.txt')]);
  return {
    list: await parseFile(node, path, parse),
    pathOf: (image) => node.path.join(images, image),
    names: namesPath === undefined ? undefined : (await readLines(node, op, namesPath)).map(({ text }) => text.split(/\s/)[0]),
    source: images,
    split: view === '10fold' ? undefined : view,
  };
}

async function parseFile<T>(node: NodeModules, path: string, parse: (lines: readonly TextLine[]) => T): Promise<T> {
  const lines = await readLines(node, op, path);
  try {
    return parse(lines);
  } catch (error) {
    throw error instanceof FormatError ? error.within(path) : error;
  }
}
