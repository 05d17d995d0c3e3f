import { FormatError } from '@dl/kernels';
import type { Normalization } from '../datasets/image-dataset.ts';
import { dataFolder } from '../files/data-folder.ts';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import { type NodeModules, nodeModules } from '../files/node-modules.ts';
import { firstFile, firstFolder, readLines } from '../files/read-text.ts';
import { ImageFileDataset, type ImageFileEntry, type ImageFileOptions } from '../folders/image-file-dataset.ts';
import { listFolders, listImages } from '../folders/list-images.ts';
import { isSynset, parseSynsetIds, parseWords } from './synsets.ts';
import { parseValidationMap, type ValidationMap } from './validation-map.ts';

/** Options of {@link imageNet}. */
export interface ImageNetOptions extends ImageFileOptions {
  readonly split: 'train' | 'validation';
  /** Where the images are. Default: `$DL_DATA_DIR/imagenet`. */
  readonly directory?: string | undefined;
  /** The file that says of which class each validation image is. Default: the first that `directory` has, see {@link imageNet}. */
  readonly validationMap?: string | undefined;
}

/** Mean and deviation of each channel, as pretrained models expect them. */
export const imageNetNormalization: Normalization = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

const op = 'imageNet';
const folders = { train: 'train', validation: 'val' } as const;
const wordFiles = ['LOC_synset_mapping.txt', 'words.txt'];
const mapFiles = ['LOC_val_solution.csv', 'val_map.txt', 'val.txt', 'ILSVRC2012_validation_ground_truth.txt'];
const devkit = 'ILSVRC2012_devkit_t12/data';

/**
 * ImageNet's classification task, ILSVRC 2012: 1.28 million photographs of 1000 classes to train on and 50,000 to validate with; also any part of
 * it. In Node only. Its terms forbid to pass it on, so there is no mirror: unpack it into `directory`.
 *
 * - Images are in `train/<synset>/` and `val/`, there or in `ILSVRC/Data/CLS-LOC`, as Kaggle packs them. `val` has a folder for each synset, too, or all
 *   images and a map beside it: `LOC_val_solution.csv`, `val_map.txt` or `val.txt` (`ILSVRC2012_val_00000001.JPEG 65`, or with a synset), or
 *   `ILSVRC2012_validation_ground_truth.txt` with `map_clsloc.txt`, there or in `ILSVRC2012_devkit_t12/data`. The labels of the test images are
 *   not public.
 * - Classes are those of `LOC_synset_mapping.txt` where that is there, so that a part has the labels of the whole; else the folders of `train`, or of
 *   `val`. Synsets are in alphabetical order, as everywhere. `classNames` are the words of that file or of `words.txt`, else the synsets.
 *
 * Some files are CMYK, and one is a PNG by the name of JPEG: they are read, too. Pretrained models are evaluated with `resize: 256,
 * centerCrop: 224`.
 *
 * @throws {@link DatasetUnavailableError} when there are no such folders, or no map of a `val` without folders
 * @throws {@link FormatError} when a list is corrupt, or does not know an image
 * @example
 * const available = await imageNet({ split: 'validation', resize: 256, centerCrop: 224 }).catch(() => undefined);
 * available?.classNames[0] ?? 'tench, Tinca tinca' // 'tench, Tinca tinca'
 * @see Russakovsky et al., ImageNet large scale visual recognition challenge, 2015
 */
export async function imageNet(options: ImageNetOptions): Promise<ImageFileDataset> {
  const { split, directory, validationMap, normalize = imageNetNormalization, ...rest } = options;
  const node = nodeModules(op);
  const root = dataFolder(node, op, 'imagenet', directory);
  const folder = await imagesOf(node, root, folders[split]);
  const inFolders = (await listFolders(node, folder)).filter(isSynset);
  const { synsets, classNames } = await readClasses(node, root, inFolders);
  const indices = new Map(synsets.map((synset, index) => [synset, index]));
  const entryOf = (file: string, synset: string): ImageFileEntry => {
    const label = indices.get(synset);
    if (label === undefined) throw new FormatError(op, `a class must be one of ${synsets.length}, got ${synset} (${file})`);
    return { file, label };
  };
  const entries: ImageFileEntry[] = [];
  for (const synset of inFolders) {
    for (const file of await listImages(node, node.path.join(folder, synset))) entries.push(entryOf(file, synset));
  }
  if (inFolders.length === 0) {
    const files = await listImages(node, folder);
    const synsetOf = split === 'train' || files.length === 0 ? undefined : await readMap(node, root, validationMap, synsets);
    if (synsetOf === undefined) throw unavailable([`neither folders of synsets nor images and their map in ${folder}`]);
    for (const file of files) entries.push(entryOf(file, synsetOf(node.path.parse(file).name)));
  }
  return new ImageFileDataset({ ...rest, normalize, entries, classNames, split, source: folder });
}

async function imagesOf(node: NodeModules, root: string, name: string): Promise<string> {
  const places = [node.path.join(root, name), node.path.join(root, 'ILSVRC', 'Data', 'CLS-LOC', name)];
  const folder = await firstFolder(node, places);
  if (folder === undefined) throw unavailable(places.map((place) => `no folder ${place}`));
  return folder;
}

interface Classes {
  readonly synsets: readonly string[];
  readonly classNames: readonly string[];
}

async function readClasses(node: NodeModules, root: string, inFolders: readonly string[]): Promise<Classes> {
  const path = await firstFile(
    node,
    wordFiles.map((name) => node.path.join(root, name)),
  );
  const words = path === undefined ? new Map<string, string>() : parseWords(await readLines(node, op, path));
  // words.txt has every noun of WordNet, not the classes alone.
  const isList = path !== undefined && node.path.basename(path) === wordFiles[0];
  const synsets = isList ? [...words.keys()].sort() : await foldersOfClasses(node, root, inFolders);
  return { synsets, classNames: synsets.map((synset) => words.get(synset) || synset) };
}

/** The classes of both splits are those to train on, where they are there. */
async function foldersOfClasses(node: NodeModules, root: string, inFolders: readonly string[]): Promise<readonly string[]> {
  const train = await imagesOf(node, root, folders.train).catch(() => undefined);
  const synsets = train === undefined ? [] : (await listFolders(node, train)).filter(isSynset);
  return synsets.length > 0 ? synsets : inFolders;
}

async function readMap(
  node: NodeModules,
  root: string,
  validationMap: string | undefined,
  byIndex: readonly string[],
): Promise<ValidationMap | undefined> {
  const places = (names: readonly string[]): readonly string[] =>
    ['', devkit].flatMap((folder) => names.map((name) => node.path.join(root, folder, name)));
  const path = validationMap ?? (await firstFile(node, places(mapFiles)));
  if (path === undefined) return undefined;
  const ids = await firstFile(node, places(['map_clsloc.txt']));
  const byId = ids === undefined ? undefined : parseSynsetIds(await readLines(node, op, ids));
  try {
    return parseValidationMap(await readLines(node, op, path), { byId, byIndex });
  } catch (error) {
    throw error instanceof FormatError ? error.within(path) : error;
  }
}

function unavailable(tried: readonly string[]): DatasetUnavailableError {
  return new DatasetUnavailableError(
    op,
    tried,
    'set DL_DATA_DIR to a folder with imagenet/train and imagenet/val, or pass directory',
  );
}
