import type { HostTensor } from '@dl/kernels';
import { replaceFile } from '../files/replace-file.ts';
import { encodeArray } from './encode.ts';

const op = 'writeNpy';

/**
 * Writes an array to disk in NumPy's npy format, for `np.load(path)`: under a temporary name in the same folder, flushed, then renamed,
 * so that a crash leaves the old file or the new one. In Node only.
 *
 * @param path - where; its folder must exist
 * @throws what {@link encodeNpy} throws, before anything is written
 * @throws DlError where there is no file system
 * @example
 * const { tmpdir } = await import('node:os');
 * const path = `${tmpdir()}/dl-write.npy`;
 * await writeNpy(path, { shape: [], dtype: 'float64', data: new Float64Array([0.5]) });
 * (await readNpy(path)).dtype // 'float64'
 */
export async function writeNpy(path: string, array: HostTensor): Promise<void> {
  await replaceFile(path, encodeArray(op, 'array', array), op);
}
