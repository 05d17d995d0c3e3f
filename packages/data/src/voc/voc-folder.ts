import { FormatError } from '@dl/kernels';
import { bytesReader } from '../detection/image-source.ts';
import { readImageSet } from './read-image-set.ts';

/** Which list of `ImageSets`. */
export type VocSplit = 'train' | 'val' | 'trainval' | 'test';

/** What is common to the readers of Pascal VOC. */
export interface VocOptions {
  /** The folder that has `JPEGImages` and `ImageSets`, such as `VOCdevkit/VOC2012`. */
  readonly directory: string;
  readonly split: VocSplit;
}

/** The 20 classes, by label. */
export const vocClassNames: readonly string[] = [
  'aeroplane',
  'bicycle',
  'bird',
  'boat',
  'bottle',
  'bus',
  'car',
  'cat',
  'chair',
  'cow',
  'diningtable',
  'dog',
  'horse',
  'motorbike',
  'person',
  'pottedplant',
  'sheep',
  'sofa',
  'train',
  'tvmonitor',
];

/** What the images of a split are for. */
export const purposes: { readonly [S in VocSplit]: string } = {
  train: 'train',
  val: 'validation',
  trainval: 'train',
  test: 'test',
};

/** The names of the images on a list, such as `Main/train`. */
export async function readVocList(op: string, directory: string, list: string): Promise<readonly string[]> {
  const name = `ImageSets/${list}.txt`;
  const bytes = await bytesReader(op, directory)(name);
  try {
    return readImageSet(op, new TextDecoder().decode(bytes));
  } catch (error) {
    throw error instanceof FormatError ? error.within(name) : error;
  }
}
