import { FormatError } from '@dl/kernels';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import { nodeModules } from '../files/node-modules.ts';
import { ImageFileDataset, type ImageFileEntry, type ImageFileOptions } from './image-file-dataset.ts';
import { isImageName, listFolders, listImages } from './list-images.ts';

/** Options of {@link imageFolder}. */
export interface ImageFolderOptions extends ImageFileOptions {
  /** What the images are for, such as `'train'` or `'test'`. */
  readonly split?: string | undefined;
}

/** A file of a folder that a page has: its path from there, such as `cat/1.png`, and its bytes. */
export interface FolderFile {
  readonly path: string;
  readonly file: Blob;
}

const op = 'imageFolder';

/**
 * A folder with a folder of PNG and JPEG files for each class, as torchvision's `ImageFolder`: classes and files are numbered in alphabetical order,
 * files of other names are passed over. Nothing is decoded before it is taken.
 *
 * @param folder - a path, in Node; or its files, in browsers too
 * @throws {@link DatasetUnavailableError} when there is no such folder, or no class in it
 * @throws {@link FormatError} for a class without images
 * @throws {@link ArgumentError} for a size that is not of positive integers
 * @example
 * const picture = new Blob([await encodePng({ shape: [3, 2, 2], dtype: 'uint8', data: new Uint8Array(12) })]);
 * const files = [{ path: 'dog/1.png', file: picture }, { path: 'cat/1.png', file: picture }];
 * const pets = await imageFolder(files, { split: 'train', resize: [4, 4] });
 * const { x } = await pets.get(1);
 * x.shape // [3, 4, 4]
 * pets.classNames // ['cat', 'dog']
 */
export async function imageFolder(
  folder: string | readonly FolderFile[],
  { split, ...options }: ImageFolderOptions = {},
): Promise<ImageFileDataset> {
  const classes = typeof folder === 'string' ? await classesOfFolder(folder) : classesOfFiles(folder);
  const source = typeof folder === 'string' ? folder : `${folder.length} files`;
  if (classes.size === 0) throw unavailable(`no folder in ${source}`);
  const entries: ImageFileEntry[] = [];
  [...classes].forEach(([name, files], label) => {
    if (files.length === 0) throw new FormatError(op, `a class must have PNG or JPEG files, got none in ${name}`).within(source);
    for (const file of files) entries.push({ file, label });
  });
  return new ImageFileDataset({ ...options, entries, classNames: [...classes.keys()], split, source });
}

type Classes = ReadonlyMap<string, ReadonlyArray<string | Blob>>;

async function classesOfFolder(folder: string): Promise<Classes> {
  const node = nodeModules(op);
  const stat = await node.fs.stat(folder).catch(() => undefined);
  if (!stat?.isDirectory()) throw unavailable(`no folder ${folder}`);
  const classes = new Map<string, readonly string[]>();
  for (const name of await listFolders(node, folder)) classes.set(name, await listImages(node, node.path.join(folder, name)));
  return classes;
}

function classesOfFiles(files: readonly FolderFile[]): Classes {
  const classes = new Map<string, Blob[]>();
  for (const { path, file } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const [name, ...rest] = path.split('/');
    if (rest.length === 0 || !isImageName(path)) continue;
    const members = classes.get(name);
    if (members === undefined) classes.set(name, [file]);
    else members.push(file);
  }
  return new Map([...classes].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function unavailable(tried: string): DatasetUnavailableError {
  return new DatasetUnavailableError(op, [tried], 'a folder has one for each class: folder/cat/1.jpg, folder/dog/1.jpg');
}
