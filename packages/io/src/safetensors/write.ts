import type { HostTensor } from '@dl/kernels';
import { type NodeModules, nodeModules } from '../node-modules.ts';
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
  const node = nodeModules('writeSafetensors');
  const bytes = encodeSafetensors(entries, metadata);
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeFlushed(node, temporary, bytes);
    await node.fs.rename(temporary, path);
  } catch (error) {
    await node.fs.rm(temporary, { force: true });
    throw error;
  }
  await flushFolder(node, node.path.dirname(path));
}

async function writeFlushed({ fs }: NodeModules, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fs.open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename itself last. Windows opens no folders and needs none of this. */
async function flushFolder({ fs }: NodeModules, path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await fs.open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
