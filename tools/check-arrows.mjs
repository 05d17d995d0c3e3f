import { readFileSync, writeFileSync } from 'node:fs';
import { posix } from 'node:path';
import { arrows, backends } from './arrows.mjs';
import { readHouse } from './lib/house.mjs';
import { picture, replacePicture } from './lib/picture.mjs';
import { runAsMain } from './lib/run-as-main.mjs';
import { root } from './lib/workspaces.mjs';

/** @typedef {import('./lib/house.mjs').House} House */
/** @typedef {import('./lib/house.mjs').Import} Import */
/** @typedef {import('./lib/house.mjs').Package} Package */

/**
 * Where the house leaves the package picture.
 *
 * @param {House} house
 * @param {Readonly<Record<string, readonly string[]>>} [table] what each package may import
 * @returns {string[]} one line a problem
 */
export function arrowProblems(house, table = arrows) {
  const problems = [...tableProblems(house, table), ...cycleProblems(house)];
  for (const pack of house.packages) {
    for (const found of [...pack.imports, ...pack.testImports]) problems.push(...reachProblems(house, pack, found));
    for (const found of pack.imports) problems.push(...againstArrow(house, pack, found, table));
    problems.push(...dependencyProblems(house, pack), ...referenceProblems(house, pack));
  }
  return problems;
}

/**
 * The table itself: it names packages that exist, each uses rows above its own, and only the default's user knows a backend.
 *
 * @param {House} house
 * @param {Readonly<Record<string, readonly string[]>>} table
 */
function tableProblems(house, table) {
  /** @type {string[]} */
  const problems = [];
  const names = Object.keys(table);
  for (const [name, allowed] of Object.entries(table)) {
    for (const other of allowed.filter((one) => !names.slice(0, names.indexOf(name)).includes(one))) {
      problems.push(`tools/arrows.mjs: ${name} must stand below ${other}, which it may import`);
    }
    const pack = house.packages.find((one) => one.name === name);
    if (!pack) problems.push(`tools/arrows.mjs: ${name} is no workspace`);
    for (const backend of allowed.filter((one) => backends.includes(one))) {
      if (name !== '@dl/tensor' && !pack?.isPrivate)
        problems.push(`tools/arrows.mjs: ${name} must not know the backend ${backend}`);
    }
  }
  for (const { name, dir } of house.packages) {
    if (dir.startsWith('packages/') && !(name in table)) problems.push(`tools/arrows.mjs: ${name} has no row`);
  }
  return problems;
}

/**
 * A package is reached through its public entries, by its name.
 *
 * @param {House} house
 * @param {Package} pack
 * @param {Import} found
 */
function reachProblems(house, pack, { file, line, specifier }) {
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(file), specifier);
    const owner = house.packages.find(({ dir }) => target.startsWith(`${dir}/`));
    return owner && owner !== pack ? [`${file}:${line}: reaches into ${owner.name} (${specifier}); import its name`] : [];
  }
  const target = house.packages.find(({ name }) => name === packageName(specifier));
  return target && !target.entries.includes(specifier)
    ? [`${file}:${line}: ${specifier} is no public entry of ${target.name}`]
    : [];
}

/**
 * @param {House} house
 * @param {Package} pack
 * @param {Import} found
 * @param {Readonly<Record<string, readonly string[]>>} table
 */
function againstArrow(house, pack, { file, line, specifier }, table) {
  const target = house.packages.find(({ name }) => name === packageName(specifier));
  if (!target || target === pack) return [];
  const allowed = table[pack.name] ?? Object.keys(table);
  return allowed.includes(target.name) ? [] : [`${file}:${line}: ${pack.name} must not import ${target.name}`];
}

/**
 * Dependencies are what the sources import, with the types of what has none of its own: the compiler of a user needs them. A private workspace may also use the development dependencies of the root.
 * An optional peer is a dependency that a user may lack, so nothing but `import()` may name it.
 *
 * @param {House} house
 * @param {Package} pack
 */
function dependencyProblems(house, pack) {
  if (pack.imports.length === 0 && !(pack.name in arrows)) return [];
  const used = new Set(pack.imports.flatMap(({ specifier }) => packageName(specifier) ?? []));
  used.delete(pack.name);
  const types = [...used].map((name) => `@types/${name}`).filter((name) => house.shared.includes(name));
  for (const name of types) used.add(name);
  const depends = [...pack.dependencies, ...pack.optionalPeers];
  const missing = [...used].filter((name) => !depends.includes(name) && !(pack.isPrivate && house.shared.includes(name)));
  const unused = depends.filter((name) => !used.has(name));
  const hasty = pack.imports.filter(
    ({ specifier, isLazy }) => !isLazy && pack.optionalPeers.includes(packageName(specifier) ?? ''),
  );
  return [
    ...hasty.map(({ file, line, specifier }) => `${file}:${line}: ${specifier} may not be installed; load it with import()`),
    ...missing.map((name) => `${pack.dir}/package.json: imports ${name} but does not depend on it`),
    ...unused.map((name) => `${pack.dir}/package.json: depends on ${name} but does not import it`),
  ];
}

/**
 * `tsc -b` builds what a package refers to, so references are its dependencies among the workspaces.
 *
 * @param {House} house
 * @param {Package} pack
 */
function referenceProblems(house, pack) {
  if (pack.imports.length === 0 && !(pack.name in arrows)) return [];
  const depends = [...pack.dependencies, ...pack.optionalPeers];
  const needed = house.packages.filter(({ name }) => depends.includes(name)).map(({ dir }) => dir);
  return [
    ...needed
      .filter((dir) => !pack.references.includes(dir))
      .map((dir) => `${pack.dir}/tsconfig.json: lacks the reference to ${dir}`),
    ...pack.references
      .filter((dir) => !needed.includes(dir))
      .map((dir) => `${pack.dir}/tsconfig.json: refers to ${dir}, no dependency`),
  ];
}

/** @param {House} house */
function cycleProblems({ packages }) {
  const targets = new Map(
    packages.map(({ name, imports }) => [name, new Set(imports.map(({ specifier }) => packageName(specifier)))]),
  );
  for (let size = -1; size !== targets.size; ) {
    size = targets.size;
    for (const [name, used] of targets) {
      if (![...used].some((one) => one !== name && one !== undefined && targets.has(one))) targets.delete(name);
    }
  }
  return targets.size === 0 ? [] : [`packages import each other in a circle: ${[...targets.keys()].join(', ')}`];
}

/**
 * The package that a bare specifier names; undefined for a relative path and for what Node brings.
 *
 * @param {string} specifier
 * @returns {string | undefined}
 */
function packageName(specifier) {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

await runAsMain(import.meta.url, 'arrows', () => {
  const house = readHouse();
  const page = new URL('docs/architecture.md', root);
  const text = readFileSync(page, 'utf8');
  const drawn = replacePicture(text, picture(house, arrows));
  if (process.argv.includes('--write')) writeFileSync(page, drawn);
  else if (drawn !== text)
    return ['docs/architecture.md: the package picture is old; run `npm run arrows -- --write`', ...arrowProblems(house)];
  return arrowProblems(house);
});
