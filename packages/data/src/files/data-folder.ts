import { DatasetUnavailableError } from './dataset-unavailable-error.ts';
import type { NodeModules } from './node-modules.ts';

/**
 * Where a dataset lies that nobody may pass on, or that is not downloaded: `directory`, else its folder in `DL_DATA_DIR`.
 *
 * @throws {@link DatasetUnavailableError} when neither is given
 */
export function dataFolder({ path }: NodeModules, op: string, name: string, directory: string | undefined): string {
  if (directory !== undefined) return directory;
  const { DL_DATA_DIR } = process.env;
  if (DL_DATA_DIR) return path.join(DL_DATA_DIR, name);
  throw new DatasetUnavailableError(op, ['no DL_DATA_DIR'], `set DL_DATA_DIR to a folder with ${name} in it, or pass directory`);
}
