import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * @typedef {{
 *   name: string, version: string, description?: string, private?: boolean, workspaces?: string[], exports?: Record<string, unknown>,
 *   scripts?: Record<string, string>, dependencies?: Record<string, string>, devDependencies?: Record<string, string>,
 *   peerDependencies?: Record<string, string>, peerDependenciesMeta?: Record<string, { optional?: boolean }>
 * }} Manifest
 * @typedef {{ dir: string, manifest: Manifest }} Workspace `dir` is relative to the root, without a slash at its end
 */

/** The folder of the repository, as a URL. */
export const root = new URL('../../', import.meta.url);

/**
 * The workspaces that the root manifest names, in the order of their folders.
 *
 * @param {URL} [from]
 * @returns {Workspace[]}
 */
export function workspaces(from = root) {
  return (readJson(new URL('package.json', from)).workspaces ?? [])
    .flatMap((/** @type {string} */ pattern) => expand(pattern, from))
    .filter((/** @type {string} */ dir) => existsSync(new URL(`${dir}/package.json`, from)))
    .map((/** @type {string} */ dir) => ({ dir, manifest: readJson(new URL(`${dir}/package.json`, from)) }));
}

/**
 * @param {string} pattern a folder, or `folder/*`
 * @param {URL} from
 */
function expand(pattern, from) {
  if (!pattern.endsWith('/*')) return [pattern];
  const parent = pattern.slice(0, -2);
  const url = new URL(`${parent}/`, from);
  return existsSync(url)
    ? readdirSync(url)
        .sort()
        .map((name) => `${parent}/${name}`)
    : [];
}

/**
 * Every file below `dir` that ends in one of `extensions`, as paths relative to the root; built and installed files aside.
 *
 * @param {string} dir relative to the root
 * @param {readonly string[]} extensions with the dot
 * @param {URL} [from]
 * @returns {string[]}
 */
export function filesBelow(dir, extensions, from = root) {
  const url = new URL(`${dir}/`, from);
  if (!existsSync(url)) return [];
  return readdirSync(url, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      if (entry.isDirectory()) {
        return ['node_modules', 'dist', 'site'].includes(entry.name) ? [] : filesBelow(`${dir}/${entry.name}`, extensions, from);
      }
      return extensions.some((end) => entry.name.endsWith(end)) ? [`${dir}/${entry.name}`] : [];
    });
}

/** @param {URL} url */
export function readJson(url) {
  return JSON.parse(readFileSync(url, 'utf8'));
}
