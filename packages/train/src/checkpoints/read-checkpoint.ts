import { FormatError } from '@dl/kernels';
import { nodeModules } from '../node-modules.ts';
import { decodeCheckpoint } from './decode-checkpoint.ts';
import type { TrainingState } from './training-state.ts';

/**
 * Reads a checkpoint that {@link checkpoints} wrote, for the option `resume` of {@link fit}. In Node only; elsewhere see {@link decodeCheckpoint}.
 *
 * @throws {@link FormatError} naming the file, when it is no checkpoint, is cut off or has been altered
 * @example
 * await readCheckpoint('no-such-run/step-000000001.safetensors').catch(({ code }) => code) // 'ENOENT'
 */
export async function readCheckpoint(path: string): Promise<TrainingState> {
  const { fs } = nodeModules('readCheckpoint');
  try {
    return await decodeCheckpoint(await fs.readFile(path));
  } catch (error) {
    throw error instanceof FormatError ? error.within(path) : error;
  }
}
