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
