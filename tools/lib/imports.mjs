import { lineAt, parse, visit } from './syntax.mjs';

const takesSource = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/**
 * Every module that a TypeScript source names: imports, re-exports, `import()` and `import('…')` types. Lazy is what only loads when it is
 * asked for, and leaves no trace in the types: `import()`. Of a constant string, too: that is how bundlers are kept from following it.
 *
 * @param {string} path for messages and to tell the dialect
 * @param {string} code
 * @returns {{ specifier: string, line: number, isLazy: boolean }[]}
 */
export function importsOf(path, code) {
  /** @type {{ specifier: string, line: number, isLazy: boolean }[]} */
  const found = [];
  /** @type {Map<string, string>} */
  const constants = new Map();
  visit(parse(path, code).program, (node) => {
    if (node.type === 'VariableDeclarator' && typeof node.init?.value === 'string') constants.set(node.id.name, node.init.value);
    if (!takesSource.has(node.type)) return;
    const specifier = node.source?.type === 'Literal' ? node.source.value : constants.get(node.source?.name);
    if (specifier === undefined) return;
    const isLazy = node.type === 'ImportExpression';
    found.push({ specifier, line: lineAt(code, node.start), isLazy });
  });
  return found;
}
