import { ArgumentError } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import { remember } from '../loader/workers/recipe.ts';
import { checkIndex } from './check-index.ts';
import { digestOf } from './digest.ts';

/**
 * The items of `datasets`, one dataset after the other, as PyTorch's `ConcatDataset`: to train on training and validation data at last,
 * say. Classes are kept where all have them. The split is named after all of theirs, `'train+validation'`; it is `'test'` where
 * one of them is.
 *
 * @throws ArgumentError when there are none, or their classes have different names
 * @example
 * const digits = drawnDigits({ size: 100 });
 * const { train, validation } = split(digits, { train: 0.8, validation: 0.2 });
 * const all = concat([train, validation]);
 * [all.size, all.split] // [100, 'train+validation']
 */
export function concat<T>(datasets: ReadonlyArray<Dataset<T>>): Dataset<T> {
  if (datasets.length === 0) throw new ArgumentError('concat', 'there must be datasets, got none');
  const ends: number[] = [];
  for (const dataset of datasets) ends.push((ends.at(-1) ?? 0) + dataset.size);
  const size = ends[ends.length - 1];
  const checksums = datasets.map((dataset) => dataset.checksum?.bind(dataset)).filter((checksum) => checksum !== undefined);
  const items: Dataset<T> = {
    size,
    get(index) {
      checkIndex('concat', index, size);
      const part = ends.findIndex((end) => index < end);
      return datasets[part].get(index - ends[part] + datasets[part].size);
    },
    split: commonSplit(datasets),
    classNames: commonNames(datasets),
    labels: commonLabels(datasets),
    ...(checksums.length === datasets.length && {
      checksum: async () => digestOf(['concat', await Promise.all(checksums.map((checksum) => checksum()))]),
    }),
  };
  return remember(items, 'concat', () => [datasets]);
}

function commonSplit(datasets: ReadonlyArray<Dataset<unknown>>): string | undefined {
  const splits = new Set(datasets.map(({ split }) => split));
  if (splits.has('test')) return 'test';
  return splits.has(undefined) ? undefined : [...splits].join('+');
}

function commonNames(datasets: ReadonlyArray<Dataset<unknown>>): readonly string[] | undefined {
  const names = datasets.map(({ classNames }) => classNames).filter((classNames) => classNames !== undefined);
  if (names.length < datasets.length) return undefined;
  const [first] = names;
  const other = names.find((those) => those.length !== first.length || those.some((name, i) => name !== first[i]));
  if (other === undefined) return first;
  throw new ArgumentError(
    'concat',
    `datasets must have the same classes, got ${JSON.stringify(first)} and ${JSON.stringify(other)}`,
  );
}

function commonLabels(datasets: ReadonlyArray<Dataset<unknown>>): Int32Array | undefined {
  const labels = datasets.map((dataset) => dataset.labels).filter((one) => one !== undefined);
  return labels.length < datasets.length ? undefined : Int32Array.from(labels.flatMap((one) => Array.from(one)));
}
