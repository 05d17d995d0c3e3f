import type { HostTensor } from '@dl/kernels';
import { replaceFile } from '../files/replace-file.ts';
import { encodeSafetensors } from './encode.ts';

/**
 * Writes a safetensors file to disk: under a temporary name in the same folder, flushed, then renamed. A reader, or a
 * crash, meets the old file or the new one, never a part. In Node only.
 *
 * @param path - where; its folder must exist
 * @throws what {@link encodeSafetensors} throws, before anything is written
 * @throws DlError where there is no file system
 * @example
 * const { tmpdir } = await import('node:os');
 * const path = `${tmpdir()}/dl-write.safetensors`;
 * const bias = { shape: [2], dtype: 'float32', data: new Float32Array([1, 2]) } as const;
 * await writeSafetensors(path, [['bias', bias]], { epoch: '3' });
 * (await readSafetensors(path)).metadata.epoch // '3'
 */
export async function writeSafetensors(
  path: string,
  entries: Iterable<readonly [string, HostTensor]>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await replaceFile(path, encodeSafetensors(entries, metadata), 'writeSafetensors');
}
