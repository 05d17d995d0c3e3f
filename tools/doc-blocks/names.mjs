import { readFileSync } from 'node:fs';
import { arrows } from '../arrows.mjs';
import { declaredNames, parse, visit } from '../lib/syntax.mjs';
import { root, workspaces } from '../lib/workspaces.mjs';

/** @typedef {import('../lib/syntax.mjs').Node} Node */

/**
 * What every package exports by name, the lowest of the package picture first.
 *
 * @typedef {ReadonlyMap<string, 'import' | 'import type'>} Exports how to import each name
 * @returns {Map<string, Exports>}
 */
export function exportsOfPackages() {
  const all = workspaces();
  return new Map(
    Object.keys(arrows).flatMap((name) => {
      const found = all.find(({ manifest }) => manifest.name === name);
      return found && !found.manifest.private ? [[name, exportsOf(`${found.dir}/src/index.ts`)]] : [];
    }),
  );
}

/** @param {string} path */
function exportsOf(path) {
  /** @type {Map<string, 'import' | 'import type'>} */
  const names = new Map();
  visit(parse(path, readFileSync(new URL(path, root), 'utf8')).program, (node) => {
    if (node.type === 'ExportAllDeclaration' && node.exported) names.set(node.exported.name, 'import');
    if (node.type !== 'ExportNamedDeclaration') return;
    for (const one of node.specifiers) {
      names.set(one.exported.name, node.exportKind === 'type' || one.exportKind === 'type' ? 'import type' : 'import');
    }
  });
  return names;
}

/**
 * The imports that an example leaves out: of its own package first, then of the lowest that exports the name.
 *
 * @param {string} path
 * @param {string} code
 * @param {string} own the package that the example stands in
 * @param {ReadonlyMap<string, Exports>} packages
 * @returns {string} one line
 */
export function missingImports(path, code, own, packages) {
  const { program } = parse(path, code);
  const declared = new Set(program.body.flatMap(declaredNames));
  const order = [own, ...[...packages.keys()].filter((name) => name !== own)];
  const imports = [...usedNames(program)].flatMap((name) => {
    const from = declared.has(name) ? undefined : order.find((one) => packages.get(one)?.has(name));
    return from === undefined ? [] : [`${packages.get(from)?.get(name)} { ${name} } from '${from}';`];
  });
  return imports.join(' ');
}

/**
 * Every name that stands for itself: not a property after a dot, not a key.
 *
 * @param {Node} program
 * @returns {Set<string>}
 */
function usedNames(program) {
  /** @type {Set<string>} */
  const names = new Set();
  /** @type {Set<Node>} */
  const labels = new Set();
  visit(program, (node) => {
    if (node.type === 'MemberExpression' && !node.computed) labels.add(node.property);
    if (node.type === 'Property' && !node.computed && !node.shorthand) labels.add(node.key);
    if (node.type === 'Identifier' && !labels.has(node)) names.add(node.name);
  });
  return names;
}
