import { DatasetUnavailableError, drawnDigits, type ImageDataset, mnist } from '@dl/data';
import type { Options } from './options.ts';

/** Digits to train on and to test with. */
export interface Digits {
  readonly name: string;
  readonly train: ImageDataset;
  readonly test: ImageDataset;
  /** Why they are not MNIST, though nothing else was asked for: one reason a place that was looked at. */
  readonly missing: readonly string[];
}

/** A server that is silent for so long is given up: the first useful line should not wait for it. */
const stallMs = 8_000;

/**
 * The digits that were asked for.
 *
 * @param say - is told what takes time
 * @throws {@link DatasetUnavailableError} when MNIST was asked for by name and is not to be had
 */
export async function findDigits({ data, limit }: Options, say: (line: string) => void): Promise<Digits> {
  if (data === 'digits') return drawn(limit, []);
  try {
    return await readMnist(say);
  } catch (error) {
    if (data === 'mnist' || !(error instanceof DatasetUnavailableError)) throw error;
    return drawn(limit, error.tried);
  }
}

async function readMnist(say: (line: string) => void): Promise<Digits> {
  const announced = new Set<string>();
  const onProgress = ({ file, totalBytes }: { readonly file: string; readonly totalBytes: number }): void => {
    if (!announced.has(file)) say(`downloading ${file} (${(totalBytes / 1e6).toFixed(1)} MB)`);
    announced.add(file);
  };
  const test = await mnist({ split: 'test', onProgress, stallMs });
  const train = await mnist({ split: 'train', onProgress, stallMs });
  return { name: 'MNIST', train, test, missing: [] };
}

function drawn(limit: number | undefined, missing: readonly string[]): Digits {
  const train = drawnDigits({ split: 'train', size: Math.min(limit ?? Infinity, 60_000) });
  const test = drawnDigits({ split: 'test', size: Math.min(limit ?? Infinity, 10_000) });
  return { name: 'drawn digits', train, test, missing };
}
