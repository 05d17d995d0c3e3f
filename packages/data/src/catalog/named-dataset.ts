import type { HostTensor } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import type { Normalization } from '../datasets/image-dataset.ts';
import type { FindOptions } from '../files/find-files.ts';
import type { CharVocabulary } from '../text/char-vocabulary.ts';

/** What is to be predicted, beside what it is predicted from. */
export type LabelledSample = { readonly x: HostTensor; readonly y: HostTensor | number };

/**
 * - `'images'`: x float32 `[c, h, w]`, y a class
 * - `'points'`: x float32 `[2]`, y a class
 * - `'table'`: x float32 `[features]`, y a class, or a number float32 `[1]`
 * - `'text'`: x and y int32 `[t]`, the characters and those that follow them
 */
export type DatasetKind = 'images' | 'points' | 'table' | 'text';

/** A dataset by name, in parts that have no item in common. */
export interface NamedDataset {
  readonly name: string;
  /** What it is called in headlines. */
  readonly title: string;
  readonly kind: DatasetKind;
  /** Where it comes from, in words for a reader. */
  readonly source: string;
  /** Of an item's x. */
  readonly inputShape: readonly number[];
  /** What the classes are called; the characters of a text; empty where a number is predicted. */
  readonly classNames: readonly string[];
  readonly train: Dataset<LabelledSample>;
  /** A part of what there is to train on; undefined where none was asked for. */
  readonly validation: Dataset<LabelledSample> | undefined;
  readonly test: Dataset<LabelledSample>;
  /** What has been done to the pixels of images; see {@link normalize}. */
  readonly normalization: Normalization | undefined;
  /** The numbers of a text's characters. */
  readonly vocabulary: CharVocabulary | undefined;
}

/** What {@link createDataset} is told. */
export interface CatalogOptions extends FindOptions {
  /** Equal seeds give equal parts, and equal items of sets that are made up. Default 0. */
  readonly seed?: number | undefined;
  /** The share of the training items that is put aside to validate with, in [0, 1). Default 0.1. */
  readonly validation?: number | undefined;
  /** Takes the first so many training items only, before some are put aside, and as many to test with; of folders of images, as many of each class alike; of a text, so many windows in all. Default: all. */
  readonly limit?: number | undefined;
  /** CIFAR: paths of binary batches to train on, or their names in its folder. Default: all. */
  readonly files?: readonly string[] | undefined;
  /** CIFAR: the same to test with. */
  readonly testFiles?: readonly string[] | undefined;
  /** Folders of images: the side of the squares that are cut out of their middles. Default 64. */
  readonly imageSize?: number | undefined;
  /** CSV: the column to predict. */
  readonly target?: string | undefined;
  /** CSV: whether the target is a number, and not the name of a class. Default false. */
  readonly regression?: boolean | undefined;
  /** Text: characters a window. Default 128. */
  readonly length?: number | undefined;
  /** Text: parts of the training text that are read side by side; see {@link textDataset}. Default 1. */
  readonly streams?: number | undefined;
}
