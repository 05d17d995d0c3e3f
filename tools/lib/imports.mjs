import { parseSync } from 'vite';

/**
 * Every module that a TypeScript source names: imports, re-exports, `import()` and `import('…')` types.
 *
 * @param {string} path for messages and to tell the dialect
 * @param {string} code
 * @returns {{ specifier: string, line: number }[]}
 */
export function importsOf(path, code) {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  /** @type {{ specifier: string, line: number }[]} */
  const found = [];
  visit(program, (node) => {
    if (!takesSource.has(node.type) || node.source?.type !== 'Literal') return;
    found.push({ specifier: node.source.value, line: code.slice(0, node.start).split('\n').length });
  });
  return found;
}

const takesSource = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/**
 * @param {unknown} node
 * @param {(node: any) => void} visitor
 */
function visit(node, visitor) {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node) visitor(node);
  for (const child of Object.values(node)) visit(child, visitor);
}
