import { datasetNames, type NamedDataset } from '@dl/data';
import { UsageError } from '../usage-error.ts';
import type { Wishes } from './settle.ts';
import { dashed } from './words.ts';

interface Purpose {
  /** What it is for, in the plural. */
  readonly of: string;
  readonly fits: (dataset: Pick<NamedDataset, 'kind' | 'name'>) => boolean;
}

const texts: Purpose = { of: 'texts', fits: ({ kind }) => kind === 'text' };
const images: Purpose = { of: 'images', fits: ({ kind }) => kind === 'images' };
const tables: Purpose = { of: 'tables', fits: ({ kind }) => kind === 'table' };
const batches: Purpose = { of: 'the batches of CIFAR', fits: ({ name }) => name.startsWith('cifar-') };
const folders: Purpose = {
  of: 'folders of images',
  fits: ({ kind, name }) => kind === 'images' && !datasetNames.some((known) => known === name),
};

/** What some settings are for; the others are for any data. */
const purposes: { readonly [K in keyof Wishes]: Purpose } = {
  length: texts,
  hidden: texts,
  layers: texts,
  dropout: texts,
  augment: images,
  imageSize: folders,
  files: batches,
  testFiles: batches,
  target: tables,
  regression: tables,
};

/**
 * Refuses what would do nothing.
 *
 * @throws {@link UsageError} for a setting that is for other data
 */
export function checkWishes(wishes: Wishes, dataset: Pick<NamedDataset, 'kind' | 'name'>): void {
  for (const [name, purpose] of Object.entries(purposes)) {
    const isAsked = Reflect.get(wishes, name) !== undefined && Reflect.get(wishes, name) !== 'none';
    if (isAsked && !purpose.fits(dataset))
      throw new UsageError(`--${dashed(name)} is for ${purpose.of}, not for ${dataset.name}`);
  }
}
