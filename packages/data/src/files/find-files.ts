import { FormatError } from '@dl/kernels';
import { cacheDirectoryOf } from './cache-directory.ts';
import { DatasetUnavailableError } from './dataset-unavailable-error.ts';
import { DownloadError, type DownloadOptions, download, type RemoteFile } from './download.ts';
import type { NodeModules } from './node-modules.ts';
import { sha256Of } from './sha256-of.ts';

/** Which files a dataset is made of. */
export interface Wanted {
  /** The dataset's function. */
  readonly op: string;
  /** Its folder in `DL_DATA_DIR` and in the cache. */
  readonly folder: string;
  /** Names that will do together in a folder, the best first; `.gz` may be missing. */
  readonly sets: ReadonlyArray<readonly string[]>;
  /** What is downloaded; empty where no mirror has it. */
  readonly remote: readonly RemoteFile[];
}

/** Where to look, and what may be fetched. */
export interface FindOptions extends DownloadOptions {
  /** Where the files are; no other place is looked at then. Default: `DL_DATA_DIR`, the cache, a mirror. */
  readonly directory?: string | undefined;
  /** Whether the network may be asked. Default true. */
  readonly download?: boolean | undefined;
  /** Folders on the web, each ending in a slash. Default: the public ones. */
  readonly mirrors?: readonly string[] | undefined;
}

/** Paths in the order of the set or of the remote files, and where they come from in words. */
export interface Found {
  readonly paths: readonly string[];
  readonly source: string;
}

/**
 * Finds the files of a dataset: in `directory` if one is given, else in `DL_DATA_DIR`, the cache, or on a mirror.
 *
 * @throws {@link DatasetUnavailableError} when none of them has all files
 * @throws FormatError when a file of the cache is not what was downloaded
 */
export async function findFiles(
  node: NodeModules,
  wanted: Wanted,
  mirrors: readonly string[],
  options: FindOptions,
): Promise<Found> {
  const { directory } = options;
  options.signal?.throwIfAborted();
  const tried: string[] = [];
  if (directory !== undefined) {
    const found = await look(node, wanted, directory, directory, tried);
    if (found === undefined) throw unavailable(wanted, tried);
    return found;
  }
  const data = process.env.DL_DATA_DIR;
  if (data) {
    const folder = node.path.join(data, wanted.folder);
    const found = await look(node, wanted, folder, `${folder} (DL_DATA_DIR)`, tried);
    if (found !== undefined) return found;
  } else tried.push('no DL_DATA_DIR');
  if (wanted.remote.length === 0) throw unavailable(wanted, [...tried, 'no mirror that has the files']);
  return inCache(node, wanted, options.mirrors ?? mirrors, options, tried);
}

function unavailable({ op, folder, sets, remote }: Wanted, tried: readonly string[]): DatasetUnavailableError {
  const orDownload = remote.length > 0 ? ', pass directory, or allow a download' : ' or pass directory';
  return new DatasetUnavailableError(op, tried, `set DL_DATA_DIR to a folder with ${folder}/${sets[0][0]} …${orDownload}`);
}

async function inCache(
  node: NodeModules,
  wanted: Wanted,
  mirrors: readonly string[],
  options: FindOptions,
  tried: readonly string[],
): Promise<Found> {
  const cache = node.path.join(cacheDirectoryOf(node), wanted.folder);
  const get = async (file: RemoteFile): Promise<{ readonly path: string; readonly source: string }> => {
    const path = await existing(node, cache, file.name);
    if (path === undefined) return fetchFile(node, wanted, file, cache, mirrors, options, tried);
    await checkCached(node, wanted.op, file, path);
    return { path, source: `${cache} (cache)` };
  };
  const paths: string[] = [];
  let source = '';
  // The last are the smallest: where a mirror fails, it fails early.
  for (const file of wanted.remote.toReversed()) {
    const got = await get(file);
    paths.unshift(got.path);
    source = got.source;
  }
  return { paths, source };
}

/** The first set that `folder` has, compressed or not; undefined, and a line in `tried` for each, where none is whole. */
async function look(
  node: NodeModules,
  { sets }: Wanted,
  folder: string,
  source: string,
  tried: string[],
): Promise<Found | undefined> {
  for (const names of sets) {
    const paths = await Promise.all(names.map((name) => existing(node, folder, name)));
    const missing = paths.indexOf(undefined);
    if (missing < 0) return { paths: paths.filter((path) => path !== undefined), source };
    tried.push(`no ${names[missing]} in ${source}`);
  }
  return undefined;
}

async function existing({ fs, path }: NodeModules, folder: string, name: string): Promise<string | undefined> {
  for (const candidate of [name, name.replace(/\.gz$/, '')]) {
    const full = path.join(folder, candidate);
    const stat = await fs.stat(full).catch(() => undefined);
    if (stat?.isFile()) return full;
  }
  return undefined;
}

async function checkCached(node: NodeModules, op: string, file: RemoteFile, path: string): Promise<void> {
  if (!path.endsWith('.gz')) return;
  const sha256 = await sha256Of(node, path);
  if (sha256 !== file.sha256) {
    throw new FormatError(op, `SHA-256 must be ${file.sha256}, got ${sha256} (delete ${path} to download it again)`);
  }
}

async function fetchFile(
  node: NodeModules,
  wanted: Wanted,
  file: RemoteFile,
  cache: string,
  mirrors: readonly string[],
  options: FindOptions,
  tried: readonly string[],
): Promise<{ readonly path: string; readonly source: string }> {
  const missing = [...tried, `no ${file.name} in ${cache} (cache)`];
  if (options.download === false) throw unavailable(wanted, [...missing, 'download: false']);
  try {
    const url = await download(node, file, mirrors, cache, options);
    return { path: node.path.join(cache, file.name), source: `${url} (downloaded to ${cache})` };
  } catch (error) {
    if (error instanceof DownloadError) throw unavailable(wanted, [...missing, ...error.reasons]);
    throw error;
  }
}
