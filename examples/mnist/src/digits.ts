import { DatasetUnavailableError, drawnDigits, type ImageDataset, mnist } from '@dl/data';
import type { Options } from './options.ts';

/** Digits to train on and to test with. */
export interface Digits {
  readonly name: string;
  readonly train: ImageDataset;
  readonly test: ImageDataset;
  /** Why they are not the ones one would have wished for. */
  readonly note: string | undefined;
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
  if (data === 'digits') return drawn(limit, undefined);
  try {
    return await readMnist(say);
  } catch (error) {
    if (data === 'mnist' || !(error instanceof DatasetUnavailableError)) throw error;
    return drawn(limit, `MNIST is not to be had: ${error.tried.join('; ')}`);
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
  return { name: 'MNIST', train, test, note: undefined };
}

function drawn(limit: number | undefined, note: string | undefined): Digits {
  const train = drawnDigits({ split: 'train', size: Math.min(limit ?? Infinity, 60_000) });
  const test = drawnDigits({ split: 'test', size: Math.min(limit ?? Infinity, 10_000) });
  return { name: 'drawn digits', train, test, note };
}
