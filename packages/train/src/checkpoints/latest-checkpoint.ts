import { FormatError } from '@dl/kernels';
import { nodeModules } from '../node-modules.ts';
import { stepOf } from './checkpoint-name.ts';
import { readCheckpoint } from './read-checkpoint.ts';
import type { TrainingState } from './training-state.ts';

/** A checkpoint that is not sound. */
export interface RefusedCheckpoint {
  readonly path: string;
  readonly reason: string;
}

/** What {@link latestCheckpoint} found. */
export interface LatestCheckpoint {
  /** Of the newest sound one; undefined where there is none. */
  readonly path: string | undefined;
  readonly state: TrainingState | undefined;
  /** Those that are newer, and why they were refused. */
  readonly refused: readonly RefusedCheckpoint[];
}

/**
 * The newest sound checkpoint of a directory. Half-written and altered ones are passed over, and listed. In Node only.
 *
 * @param directory - what {@link checkpoints} wrote into; where it does not exist, there are no checkpoints
 * @example
 * (await latestCheckpoint('no-such-run/checkpoints')).state // undefined
 */
export async function latestCheckpoint(directory: string): Promise<LatestCheckpoint> {
  const { path } = nodeModules('latestCheckpoint');
  const refused: RefusedCheckpoint[] = [];
  for (const name of (await checkpointNames(directory)).reverse()) {
    const file = path.join(directory, name);
    try {
      return { path: file, state: await readCheckpoint(file), refused };
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      refused.push({ path: file, reason: error.message });
    }
  }
  return { path: undefined, state: undefined, refused };
}

/** The names of all checkpoints in a directory, in the order of their steps. */
export async function checkpointNames(directory: string): Promise<string[]> {
  const steps = (await fileNames(directory)).flatMap((name) => {
    const step = stepOf(name);
    return step === undefined ? [] : [{ name, step }];
  });
  return steps.sort((a, b) => a.step - b.step).map(({ name }) => name);
}

async function fileNames(directory: string): Promise<string[]> {
  try {
    return await nodeModules('latestCheckpoint').fs.readdir(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
