import type { NodeModules } from '../files/node-modules.ts';

/** Whether a file is named as one that {@link decodeImage} reads. */
export function isImageName(name: string): boolean {
  return /\.(jpe?g|png)$/i.test(name);
}

/**
 * Paths of the image files in `folder` and in the folders in it, in alphabetical order. Links are followed, but not in circles.
 *
 * @param above - real paths of the folders that this one is in
 */
export async function listImages(node: NodeModules, folder: string, above: readonly string[] = []): Promise<readonly string[]> {
  const real = await node.fs.realpath(folder);
  if (above.includes(real)) return [];
  const files: string[] = [];
  const folders: string[] = [];
  for (const { path, isFolder } of await entriesOf(node, folder)) {
    if (isFolder) folders.push(path);
    else if (isImageName(path)) files.push(path);
  }
  for (const inner of folders) files.push(...(await listImages(node, inner, [...above, real])));
  return files;
}

/** The folders in `folder`, in alphabetical order. */
export async function listFolders(node: NodeModules, folder: string): Promise<readonly string[]> {
  const entries = await entriesOf(node, folder);
  return entries.filter(({ isFolder }) => isFolder).map(({ path }) => node.path.basename(path));
}

async function entriesOf(
  { fs, path }: NodeModules,
  folder: string,
): Promise<ReadonlyArray<{ readonly path: string; readonly isFolder: boolean }>> {
  const entries = await fs.readdir(folder, { withFileTypes: true });
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return Promise.all(
    sorted.map(async (entry) => {
      const full = path.join(folder, entry.name);
      const target = entry.isSymbolicLink() ? await fs.stat(full).catch(() => entry) : entry;
      return { path: full, isFolder: target.isDirectory() };
    }),
  );
}
