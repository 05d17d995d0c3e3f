import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';

/**
 * The file of weights that a path stands for: itself, or the one in the folder of a run.
 *
 * @throws {@link UsageError} where there is none
 */
export function weightsFile(path: string): string {
  if (!existsSync(path)) throw new UsageError(`there is no run or file ${path}`);
  if (!statSync(path).isDirectory()) return path;
  const file = join(path, 'weights.safetensors');
  if (existsSync(file)) return file;
  throw new UsageError(`${path} has no weights.safetensors: the run did not end (dl train --resume ${path})`);
}
