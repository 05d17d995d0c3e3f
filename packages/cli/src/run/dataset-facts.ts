import type { NamedDataset } from '@dl/data';

/** What a model needs to know of the dataset it was trained on, which weights keep in their metadata. */
export type DatasetFacts = Pick<NamedDataset, 'title' | 'kind' | 'inputShape' | 'classNames' | 'normalization'>;

/** The facts about a dataset, and nothing else of it. */
export function factsOf({ title, kind, inputShape, classNames, normalization }: NamedDataset): DatasetFacts {
  return { title, kind, inputShape, classNames, normalization };
}
