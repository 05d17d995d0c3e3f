import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { filesBelow, root, workspaces } from '../lib/workspaces.mjs';
import { withChecks } from './expectations.mjs';
import { programsOfPage, programsOfSource } from './extract.mjs';
import { exportsOfPackages, missingImports } from './names.mjs';

/** @typedef {import('./extract.mjs').Program} Program */

/** Every program of the guides, the READMEs and the doc comments, in the order of their files. */
export function findPrograms() {
  const packages = workspaces().filter(({ dir }) => !dir.startsWith('docs'));
  const pages = [
    'README.md',
    'CONTRIBUTING.md',
    ...filesBelow('docs', ['.md']),
    ...packages.map(({ dir }) => `${dir}/README.md`),
  ];
  const sources = packages.flatMap(({ dir }) => filesBelow(`${dir}/src`, ['.ts']));
  return [
    ...pages.flatMap((file) => programsOfPage(file, read(file))),
    ...sources.filter((file) => !file.endsWith('.generated.ts')).flatMap((file) => programsOfSource(file, read(file))),
  ];
}

/**
 * Writes each program as a module of its own below `.cache/doc-blocks`. A line has the number that it has in its file.
 *
 * @param {'types' | 'tests'} user the compiler and the tests may run at the same time: each has a folder
 * @returns {{ program: Program, module: string }[]} with the path of each module
 */
export function writePrograms(user) {
  const folder = new URL(`.cache/doc-blocks/${user}/`, root);
  const packages = exportsOfPackages();
  const written = findPrograms().map((program) => {
    const url = new URL(`${program.file}.${program.line}.ts`, folder);
    mkdirSync(new URL('.', url), { recursive: true });
    writeFileSync(url, moduleOf(program, packages));
    return { program, module: fileURLToPath(url) };
  });
  removeOthers(user, new Set(written.map(({ module }) => module)));
  return written;
}

/**
 * @param {string} user
 * @param {ReadonlySet<string>} modules
 */
function removeOthers(user, modules) {
  for (const file of filesBelow(`.cache/doc-blocks/${user}`, ['.ts'])) {
    const path = fileURLToPath(new URL(file, root));
    if (!modules.has(path)) rmSync(path);
  }
}

/**
 * @param {Program} program
 * @param {ReadonlyMap<string, import('./names.mjs').Exports>} packages
 */
function moduleOf({ file, code, isExample, line }, packages) {
  const path = `${file}.${line}.ts`;
  const depth = '../'.repeat(file.split('/').length + 2);
  const own = workspaces().find(({ dir }) => file.startsWith(`${dir}/`))?.manifest.name ?? '';
  const imports = isExample ? missingImports(path, code, own, packages) : '';
  return `import { check as __check } from '${depth}tools/doc-blocks/check.mjs'; ${imports} ${withChecks(file, code)}\nexport {};\n`;
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(new URL(file, root), 'utf8');
  } catch {
    return '';
  }
}
