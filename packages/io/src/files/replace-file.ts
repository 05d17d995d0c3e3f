import { type NodeModules, nodeModules } from './node-modules.ts';

/**
 * Writes a file under a temporary name in the same folder, flushes it, then renames it. A reader, or a crash, meets the old file
 * or the new one, never a part.
 */
export async function replaceFile(op: string, path: string, bytes: Uint8Array): Promise<void> {
  const node = nodeModules(op);
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
