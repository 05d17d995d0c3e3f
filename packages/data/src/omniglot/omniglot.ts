import { unzip } from '@dl/io';
import { FormatError } from '@dl/kernels';
import { dataFolder } from '../files/data-folder.ts';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import { type NodeModules, nodeModules } from '../files/node-modules.ts';
import { readBytes } from '../files/read-bytes.ts';
import { firstFile, firstFolder } from '../files/read-text.ts';
import type { ImageFileOptions } from '../folders/image-file-dataset.ts';
import { listImages } from '../folders/list-images.ts';
import { OmniglotDataset, type OmniglotFile } from './omniglot-dataset.ts';

/** The published parts: 30 alphabets to learn from, two selections of five of them, and 20 to be tested with. */
export type OmniglotPart = 'background' | 'backgroundSmall1' | 'backgroundSmall2' | 'evaluation';

/** Options of {@link omniglot}. */
export interface OmniglotOptions extends Omit<ImageFileOptions, 'channels'> {
  readonly part: OmniglotPart;
  /** Where the archive or the unpacked folder is. Default: `$DL_DATA_DIR/omniglot`. */
  readonly directory?: string | undefined;
}

const op = 'omniglot';

const names: { readonly [P in OmniglotPart]: string } = {
  background: 'images_background',
  backgroundSmall1: 'images_background_small1',
  backgroundSmall2: 'images_background_small2',
  evaluation: 'images_evaluation',
};

/** The largest archive has 10 MB, and unpacks to as much. */
const maxBytes = 2 ** 27;

/**
 * Omniglot: 1623 characters of 50 alphabets, each drawn by 20 people: 105×105 pictures, black on white, x float32 `[1, 105, 105]`; `resize: 28` is
 * usual. In Node only. It is read from `images_background.zip` and so on, or from the folder of that name where you unpacked it. `split` is
 * `'train'` for the background parts and `'test'` for the evaluation part: their alphabets are different ones.
 *
 * @throws {@link DatasetUnavailableError} when neither is there
 * @throws {@link FormatError} when the archive is corrupt, or a file is not named as theirs
 * @example
 * const available = await omniglot({ part: 'backgroundSmall1', resize: 28 }).catch(() => undefined);
 * available?.alphabets.length ?? 5 // 5
 * @see Lake, Salakhutdinov & Tenenbaum, Human-level concept learning through probabilistic program induction, 2015
 */
export async function omniglot({ part, directory, ...options }: OmniglotOptions): Promise<OmniglotDataset> {
  const node = nodeModules(op);
  const root = dataFolder(node, op, 'omniglot', directory);
  const folder = node.path.join(root, names[part]);
  const archive = await firstFile(node, [`${folder}.zip`]);
  if (archive === undefined && (await firstFolder(node, [folder])) === undefined) {
    const tried = [`no ${names[part]}.zip in ${root}`, `no folder ${names[part]} in ${root}`];
    throw new DatasetUnavailableError(
      op,
      tried,
      'set DL_DATA_DIR to a folder with omniglot/images_background.zip, or pass directory',
    );
  }
  const files = archive === undefined ? await filesOfFolder(node, folder) : await filesOfArchive(node, archive);
  if (files.length === 0) throw new FormatError(op, 'there must be pictures, got none').within(archive ?? folder);
  return new OmniglotDataset({ ...options, files, split: part === 'evaluation' ? 'test' : 'train', source: archive ?? folder });
}

async function filesOfArchive(node: NodeModules, path: string): Promise<readonly OmniglotFile[]> {
  try {
    const members = await unzip(await readBytes(node, op, path, maxBytes), { filter: (name) => name.endsWith('.png'), maxBytes });
    return [...members].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, bytes]) => parsePath(name, new Blob([bytes])));
  } catch (error) {
    throw error instanceof FormatError ? error.within(path) : error;
  }
}

async function filesOfFolder(node: NodeModules, folder: string): Promise<readonly OmniglotFile[]> {
  const files = await listImages(node, folder);
  return files.map((file) => parsePath(file.split(node.path.sep).join('/'), file));
}

/** `…/Balinese/character01/0108_02.png`: the second person's. */
function parsePath(path: string, file: string | Blob): OmniglotFile {
  const [, alphabet, character, drawer] = /([^/]+)\/(character\d+)\/\d+_(\d+)\.png$/.exec(path) ?? [];
  if (alphabet === undefined) {
    throw new FormatError(
      op,
      `a picture must be named as Balinese/character01/0108_02.png, got ${path.split('/').slice(-3).join('/')}`,
    );
  }
  return { alphabet, character, drawer: Number(drawer), file };
}
