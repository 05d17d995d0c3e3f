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
 * asked for, and leaves no trace in the types: `import()`.
 *
 * @param {string} path for messages and to tell the dialect
 * @param {string} code
 * @returns {{ specifier: string, line: number, isLazy: boolean }[]}
 */
export function importsOf(path, code) {
  /** @type {{ specifier: string, line: number, isLazy: boolean }[]} */
  const found = [];
  visit(parse(path, code).program, (node) => {
    if (!takesSource.has(node.type) || node.source?.type !== 'Literal') return;
    const isLazy = node.type === 'ImportExpression';
    found.push({ specifier: node.source.value, line: lineAt(code, node.start), isLazy });
  });
  return found;
}
