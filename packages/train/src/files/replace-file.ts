import { nodeModules } from './node-modules.ts';

/** Writes a file beside the old one, then renames it: a reader, or a crash, meets the old or the new one, never a part. */
export async function replaceFile(op: string, path: string, content: string | Uint8Array): Promise<void> {
  const { fs } = nodeModules(op);
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await fs.writeFile(temporary, content, { flush: true });
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw error;
  }
}
