import { FormatError } from '@dl/kernels';
import { ImageFileDataset, type ImageFileInit } from '../folders/image-file-dataset.ts';
import { type LfwOptions, readLfwList } from './lfw-files.ts';
import { lfwPath, parsePeople } from './parse-people.ts';

/** What an {@link LfwDataset} is made of. */
export interface LfwInit extends ImageFileInit {
  /** Index of the fold by image. */
  readonly folds: readonly number[];
}

/** Photographs of people; a class is a person. */
export class LfwDataset extends ImageFileDataset {
  /** Index of the fold by image: no person is in two. */
  readonly folds: Int32Array;

  constructor({ folds, ...init }: LfwInit) {
    super(init);
    this.folds = Int32Array.from(folds);
  }
}

/**
 * Labeled Faces in the Wild: 13,233 photographs of 5,749 people, 250×250, by the lists `people.txt` (ten folds), `peopleDevTrain.txt` and
 * `peopleDevTest.txt`. In Node only, from where you unpacked `lfw-funneled.tgz` (or `lfw.tgz`, `lfw-deepfunneled.tgz`) and put the lists beside its
 * folder. The classes are those of `lfw-names.txt` where that is there, else the people of the list.
 *
 * @throws {@link DatasetUnavailableError} when the list or the folder is not there
 * @throws {@link FormatError} when a list is corrupt, or has a person that `lfw-names.txt` has not
 * @example
 * const available = await lfw({ view: 'train' }).catch(() => undefined);
 * available?.split ?? 'train' // 'train'
 * @see Huang, Ramesh, Berg & Learned-Miller, Labeled Faces in the Wild, 2007
 */
export async function lfw(options: LfwOptions = {}): Promise<LfwDataset> {
  const { view, alignment, directory, ...rest } = options;
  const { list, pathOf, names, source, split } = await readLfwList('people', options, parsePeople);
  const classNames = names ?? [...new Set(list.flat().map(({ name }) => name))].sort();
  const labels = new Map(classNames.map((name, label) => [name, label]));
  const entries = list.flat().map((image) => {
    const label = labels.get(image.name);
    if (label === undefined) throw new FormatError('lfw', `a person must be one of lfw-names.txt, got ${image.name}`);
    return { file: pathOf(lfwPath(image)), label };
  });
  const folds = list.flatMap((fold, i) => fold.map(() => i));
  return new LfwDataset({ ...rest, entries, classNames, folds, split, source });
}
