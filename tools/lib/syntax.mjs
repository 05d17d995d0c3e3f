import { parseSync } from 'vite';

/**
 * A node of the ESTree that the parser makes: what we read of it.
 *
 * @typedef {{ type: string, start: number, end: number } & Record<string, any>} Node
 * @typedef {{ type: 'Line' | 'Block', value: string, start: number, end: number }} Comment
 */

/**
 * @param {string} path for messages and to tell the dialect
 * @param {string} code
 * @returns {{ program: Node, comments: Comment[] }}
 */
export function parse(path, code) {
  const { program, comments, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].codeframe ?? errors[0].message}`);
  return { program, comments };
}

/**
 * Walks a syntax tree from the outside in.
 *
 * @param {unknown} node
 * @param {(node: Node) => boolean | void} visitor returns false to leave out what is inside
 */
export function visit(node, visitor) {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && visitor(/** @type {Node} */ (node)) === false) return;
  for (const child of Object.values(node)) visit(child, visitor);
}

/**
 * @param {string} text
 * @param {number} offset
 * @returns {number} counted from 1
 */
export function lineAt(text, offset) {
  let line = 1;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) line++;
  return line;
}

/**
 * What a statement at the top of a module declares.
 *
 * @param {Node} statement
 * @returns {string[]}
 */
export function declaredNames(statement) {
  if (statement.type === 'ImportDeclaration') return statement.specifiers.map((/** @type {Node} */ one) => one.local.name);
  if (statement.type === 'VariableDeclaration')
    return statement.declarations.flatMap((/** @type {Node} */ one) => boundNames(one.id));
  return statement.id?.type === 'Identifier' ? [statement.id.name] : [];
}

/**
 * @param {Node | null} pattern
 * @returns {string[]}
 */
function boundNames(pattern) {
  switch (pattern?.type) {
    case 'Identifier':
      return [pattern.name];
    case 'ObjectPattern':
      return pattern.properties.flatMap((/** @type {Node} */ one) => boundNames(one.value ?? one.argument));
    case 'ArrayPattern':
      return pattern.elements.flatMap(boundNames);
    case 'AssignmentPattern':
      return boundNames(pattern.left);
    case 'RestElement':
      return boundNames(pattern.argument);
    default:
      return [];
  }
}
