import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { importsOf } from './imports.mjs';
import { filesBelow, readJson, root, workspaces } from './workspaces.mjs';

/**
 * @typedef {{ file: string, line: number, specifier: string, isLazy: boolean }} Import
 * @typedef {{
 *   name: string, dir: string, isPrivate: boolean, description: string,
 *   entries: readonly string[], dependencies: readonly string[], optionalPeers: readonly string[], references: readonly string[],
 *   imports: readonly Import[], testImports: readonly Import[]
 * }} Package `imports` are those of `src`, `testImports` those of all its other TypeScript; `references` are folders
 * @typedef {{ packages: readonly Package[], shared: readonly string[] }} House `shared` are the dependencies of the root
 */

/**
 * What `check-arrows` looks at.
 *
 * @param {URL} [from]
 * @returns {House}
 */
export function readHouse(from = root) {
  const packages = workspaces(from).map(({ dir, manifest }) => {
    // AssemblyScript shares the file name, not the grammar.
    const files = filesBelow(dir, ['.ts'], from).filter((file) => !file.startsWith(`${dir}/assembly/`));
    const ofSource = (/** @type {string} */ file) => file.startsWith(`${dir}/src/`);
    return {
      name: manifest.name,
      dir,
      isPrivate: manifest.private === true,
      description: manifest.description ?? '',
      entries: Object.keys(manifest.exports ?? {}).map((key) => posix.join(manifest.name, key)),
      dependencies: Object.keys(manifest.dependencies ?? {}),
      optionalPeers: Object.keys(manifest.peerDependencies ?? {}).filter((one) => manifest.peerDependenciesMeta?.[one]?.optional),
      references: readReferences(dir, from),
      imports: files.filter(ofSource).flatMap((file) => readImports(file, from)),
      testImports: files.filter((file) => !ofSource(file)).flatMap((file) => readImports(file, from)),
    };
  });
  return { packages, shared: Object.keys(readJson(new URL('package.json', from)).devDependencies ?? {}) };
}

/**
 * @param {string} dir
 * @param {URL} from
 */
function readReferences(dir, from) {
  const url = new URL(`${dir}/tsconfig.json`, from);
  if (!existsSync(url)) return [];
  return (readJson(url).references ?? []).map((/** @type {{ path: string }} */ { path }) => posix.join(dir, path));
}

/**
 * @param {string} file
 * @param {URL} from
 */
function readImports(file, from) {
  return importsOf(file, readFileSync(new URL(file, from), 'utf8')).map((found) => ({ file, ...found }));
}
