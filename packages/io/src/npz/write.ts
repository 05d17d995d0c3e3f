import type { HostTensor } from '@dl/kernels';
import { replaceFile } from '../files/replace-file.ts';
import { encodeNpz, type NpzOptions } from './encode.ts';

/**
 * Writes named arrays to disk as a NumPy npz archive, for `np.load(path)`: under a temporary name in the same folder, flushed, then
 * renamed, so that a crash leaves the old file or the new one. In Node only.
 *
 * @param path - where; its folder must exist
 * @throws what {@link encodeNpz} throws, before anything is written
 * @throws DlError where there is no file system
 * @example
 * const { tmpdir } = await import('node:os');
 * const path = `${tmpdir()}/dl-write.npz`;
 * await writeNpz(path, [['mask', { shape: [2], dtype: 'bool', data: new Uint8Array([1, 0]) }]], { compress: true });
 * [...(await readNpz(path)).keys()] // ['mask']
 */
export async function writeNpz(
  path: string,
  entries: Iterable<readonly [string, HostTensor]>,
  options: NpzOptions = {},
): Promise<void> {
  await replaceFile(path, encodeNpz(entries, options), 'writeNpz');
}
