import { createDataset, DatasetUnavailableError, datasetNames, describeDatasets, type NamedDataset } from '@dl/data';
import type { Say } from '../commands/context.ts';
import type { RunSettings } from '../recipes/settings.ts';

/** What of the settings decides about the data. */
export type DataSettings = Pick<
  RunSettings,
  | 'data'
  | 'files'
  | 'testFiles'
  | 'imageSize'
  | 'target'
  | 'regression'
  | 'limit'
  | 'validation'
  | 'seed'
  | 'length'
  | 'batchSize'
>;

/** A server that is silent for so long is given up: the first useful line should not wait for it. */
const stallMs = 8_000;

/** Whether a dataset is a text, which is told from its name. */
export function isText(data: string): boolean {
  const known = datasetNames.some((name) => name === data) && describeDatasets().find(({ name }) => name === data);
  return known ? known.kind === 'text' : /\.txt(\.gz)?$/i.test(data);
}

/**
 * The dataset of a run; says what takes time.
 *
 * @throws {@link DatasetUnavailableError} when it is not to be had
 */
export function loadData({ data, batchSize, ...settings }: DataSettings, say: Say): Promise<NamedDataset> {
  const announced = new Set<string>();
  const onProgress = ({ file, totalBytes }: { readonly file: string; readonly totalBytes: number }): void => {
    if (!announced.has(file)) say(`downloading ${file} (${(totalBytes / 1e6).toFixed(1)} MB)`);
    announced.add(file);
  };
  return createDataset(data, { ...settings, streams: batchSize, onProgress, stallMs });
}

/** Digits for who asked for nothing else. */
export interface Digits {
  readonly dataset: NamedDataset;
  /** Why they are not MNIST: one reason a place that was looked at. */
  readonly missing: readonly string[];
}

/** MNIST, or digits drawn by the computer where it is not to be had. */
export async function loadDigits(settings: DataSettings, say: Say): Promise<Digits> {
  try {
    return { dataset: await loadData({ ...settings, data: 'mnist' }, say), missing: [] };
  } catch (error) {
    if (!(error instanceof DatasetUnavailableError)) throw error;
    return { dataset: await loadData({ ...settings, data: 'digits' }, say), missing: error.tried };
  }
}
