import type { EpochResult } from '@dl/train';
import { UsageError } from '../usage-error.ts';
import type { RunFolder } from './run-folder.ts';
import type { Tested } from './test-model.ts';
import type { WrittenSample } from './write-samples.ts';

/** What a run came to: what `--json` prints and `result.json` holds. */
export interface RunResult {
  readonly title: string;
  readonly folder: string;
  readonly seed: number;
  readonly parameters: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  readonly epochs: readonly EpochResult[];
  readonly test: Pick<Tested, 'loss' | 'samples' | 'metrics'> | undefined;
  /** Of a character model. */
  readonly samples: readonly WrittenSample[] | undefined;
  /** A SHA-256 of the weights. */
  readonly weights: string;
  /** Of a run that was made again: whether the weights have the bits of the first one. */
  readonly sameBits?: boolean | undefined;
  readonly backend: object;
}

/**
 * What the run in a folder came to.
 *
 * @throws {@link UsageError} where it has not ended
 */
export async function readResult(folder: RunFolder): Promise<RunResult> {
  const text = await folder.read('result.json');
  // JSON has no word for NaN, such as the loss of a training that diverged, and says null.
  if (text !== undefined) return JSON.parse(text, (_, value) => value ?? Number.NaN);
  throw new UsageError(`the run in ${folder.path} has not ended: dl train --resume ${folder.path}`);
}
