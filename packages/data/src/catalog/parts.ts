import { ArgumentError } from '@dl/kernels';
import type { Dataset } from '../dataset.ts';
import type { Normalization } from '../datasets/image-dataset.ts';
import { split } from '../datasets/split.ts';
import { subset } from '../datasets/subset.ts';
import type { CharVocabulary } from '../text/char-vocabulary.ts';
import type { CatalogOptions, LabelledSample } from './named-dataset.ts';

/** What the loading of a named dataset gives. */
export interface Parts {
  readonly source: string;
  readonly inputShape: readonly number[];
  readonly classNames: readonly string[];
  readonly train: Dataset<LabelledSample>;
  readonly validation: Dataset<LabelledSample> | undefined;
  readonly test: Dataset<LabelledSample>;
  readonly normalization?: Normalization | undefined;
  readonly vocabulary?: CharVocabulary | undefined;
}

/** Puts the validation share aside, of each class alike; of few items it may be none. */
export function withValidation<T>(
  train: Dataset<T>,
  { validation = 0.1, seed = 0 }: CatalogOptions,
): { readonly train: Dataset<T>; readonly validation: Dataset<T> | undefined } {
  if (Math.floor(validation * train.size) === 0) return { train, validation: undefined };
  return split(train, { train: 1 - validation, validation }, { seed, stratify: train.labels });
}

/** The first items of a dataset, as many as are wanted of it. */
export function first<T>(dataset: Dataset<T>, { limit = Infinity }: CatalogOptions): Dataset<T> {
  if (limit >= dataset.size) return dataset;
  return subset(
    dataset,
    Uint32Array.from({ length: limit }, (_, i) => i),
  );
}

/** @throws {@link ArgumentError} for an option out of its range */
export function checkOptions({ validation = 0.1, limit = 1 }: CatalogOptions): void {
  if (!(validation >= 0 && validation < 1)) {
    throw new ArgumentError('createDataset', `validation must be in [0, 1), got ${validation}`);
  }
  if (!Number.isSafeInteger(limit) || limit < 1) {
    throw new ArgumentError('createDataset', `limit must be a positive integer, got ${limit}`);
  }
}
