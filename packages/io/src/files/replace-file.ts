import { type NodeModules, nodeModules } from './node-modules.ts';

/**
 * Writes a file under a temporary name in the same folder (the name with a UUID and `.tmp`), flushes it, then renames it. A reader, or a crash,
 * meets the old file or the new one, never a part. In Node only.
 *
 * @param path - where; its folder must exist
 * @param content - bytes, or a text for UTF-8
 * @param op - who writes, for errors
 * @throws DlError where there is no file system
 * @example
 * const { tmpdir } = await import('node:os');
 * const { readFile } = await import('node:fs/promises');
 * await replaceFile(`${tmpdir()}/dl-note.txt`, 'whole or not at all');
 * await readFile(`${tmpdir()}/dl-note.txt`, 'utf8') // 'whole or not at all'
 */
export async function replaceFile(path: string, content: Uint8Array | string, op = 'replaceFile'): Promise<void> {
  const node = nodeModules(op);
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeFlushed(node, temporary, content);
    await node.fs.rename(temporary, path);
  } catch (error) {
    await node.fs.rm(temporary, { force: true });
    throw error;
  }
  await flushFolder(node, node.path.dirname(path));
}

async function writeFlushed({ fs }: NodeModules, path: string, content: Uint8Array | string): Promise<void> {
  const file = await fs.open(path, 'wx');
  try {
    await file.writeFile(content);
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
