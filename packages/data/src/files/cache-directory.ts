import { type NodeModules, nodeModules } from './node-modules.ts';

/**
 * Where downloads are kept: `DL_CACHE_DIR`, else `$XDG_CACHE_HOME/dl`, else `~/.cache/dl`. In Node only.
 *
 * @throws DlError where there is no file system
 */
export function cacheDirectory(): string {
  return cacheDirectoryOf(nodeModules('cacheDirectory'));
}

/** As {@link cacheDirectory}, with Node's modules at hand. */
export function cacheDirectoryOf({ path, os }: NodeModules): string {
  const { DL_CACHE_DIR, XDG_CACHE_HOME } = process.env;
  return DL_CACHE_DIR || path.join(XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'dl');
}
