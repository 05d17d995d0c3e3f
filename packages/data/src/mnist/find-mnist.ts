import { FormatError } from '@dl/kernels';
import { cacheDirectoryOf } from '../files/cache-directory.ts';
import { DatasetUnavailableError } from '../files/dataset-unavailable-error.ts';
import { DownloadError, type DownloadOptions, download, type RemoteFile } from '../files/download.ts';
import type { NodeModules } from '../files/node-modules.ts';
import { sha256Of } from '../files/sha256-of.ts';
import type { MnistFiles } from './mnist-files.ts';

/** Where to look, and what may be fetched. */
export interface FindMnistOptions extends DownloadOptions {
  readonly directory?: string | undefined;
  readonly download: boolean;
  readonly mirrors: readonly string[];
}

/** Paths of the two files, and where they come from in words. */
export interface FoundMnist {
  readonly images: string;
  readonly labels: string;
  readonly source: string;
}

interface Cached {
  readonly path: string;
  readonly source: string;
}

const advice = 'set DL_DATA_DIR to a folder with mnist/train-images-idx3-ubyte.gz …, pass directory, or allow a download';

/**
 * Finds the files of a split: in `directory` if one is given, else in `DL_DATA_DIR`, the cache, or on a mirror.
 *
 * @throws {@link DatasetUnavailableError} when none of them has both files
 * @throws FormatError when a file of the cache is not what was downloaded
 */
export async function findMnist(node: NodeModules, files: MnistFiles, options: FindMnistOptions): Promise<FoundMnist> {
  const { directory } = options;
  const tried: string[] = [];
  if (directory !== undefined) {
    const found = await look(node, files, directory, directory, tried);
    if (found === undefined) throw new DatasetUnavailableError('mnist', tried, advice);
    return found;
  }
  const data = process.env.DL_DATA_DIR;
  if (data) {
    const folder = node.path.join(data, 'mnist');
    const found = await look(node, files, folder, `${folder} (DL_DATA_DIR)`, tried);
    if (found !== undefined) return found;
  } else tried.push('no DL_DATA_DIR');
  return inCache(node, files, options, tried);
}

async function inCache(node: NodeModules, files: MnistFiles, options: FindMnistOptions, tried: string[]): Promise<FoundMnist> {
  const cache = node.path.join(cacheDirectoryOf(node), 'mnist');
  const get = async (file: RemoteFile): Promise<Cached> => {
    const path = await existing(node, cache, file);
    if (path === undefined) return fetchFile(node, file, cache, options, tried);
    await checkCached(node, file, path);
    return { path, source: `${cache} (cache)` };
  };
  const labels = await get(files.labels);
  const images = await get(files.images);
  return { images: images.path, labels: labels.path, source: images.source };
}

/** Both files in `folder`, compressed or not; undefined, and a line in `tried`, where one is missing. */
async function look(
  node: NodeModules,
  files: MnistFiles,
  folder: string,
  source: string,
  tried: string[],
): Promise<FoundMnist | undefined> {
  const [images, labels] = await Promise.all([existing(node, folder, files.images), existing(node, folder, files.labels)]);
  if (images !== undefined && labels !== undefined) return { images, labels, source };
  tried.push(`no ${(images === undefined ? files.images : files.labels).name} in ${source}`);
  return undefined;
}

async function existing({ fs, path }: NodeModules, folder: string, { name }: RemoteFile): Promise<string | undefined> {
  for (const candidate of [name, name.replace(/\.gz$/, '')]) {
    const full = path.join(folder, candidate);
    const stat = await fs.stat(full).catch(() => undefined);
    if (stat?.isFile()) return full;
  }
  return undefined;
}

async function checkCached(node: NodeModules, file: RemoteFile, path: string): Promise<void> {
  if (!path.endsWith('.gz')) return;
  const sha256 = await sha256Of(node, path);
  if (sha256 !== file.sha256) {
    throw new FormatError('mnist', `SHA-256 must be ${file.sha256}, got ${sha256} (delete ${path} to download it again)`);
  }
}

async function fetchFile(
  node: NodeModules,
  file: RemoteFile,
  cache: string,
  options: FindMnistOptions,
  tried: readonly string[],
): Promise<Cached> {
  const missing = [...tried, `no ${file.name} in ${cache} (cache)`];
  if (!options.download) throw new DatasetUnavailableError('mnist', [...missing, 'download: false'], advice);
  try {
    const url = await download(node, file, options.mirrors, cache, options);
    return { path: node.path.join(cache, file.name), source: `${url} (downloaded to ${cache})` };
  } catch (error) {
    if (error instanceof DownloadError) throw new DatasetUnavailableError('mnist', [...missing, ...error.reasons], advice);
    throw error;
  }
}
