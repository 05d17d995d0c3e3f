import { lineAt, parse, visit } from '../lib/syntax.mjs';

/** @typedef {import('../lib/syntax.mjs').Node} Node */
/** @typedef {import('../lib/syntax.mjs').Comment} Comment */

/**
 * Words that may stand in a printed value. A comment made of these alone is a value, and is checked; others are prose.
 */
const valueWords =
  /^(?:\s+|[[\]{}(),:>=]|…|[-+]?(?:\d[\d_]*\.?\d*(?:e[-+]?\d+)?n?|Infinity)|NaN|true|false|null|undefined|'[^']*'|"[^"]*"|(?:Float32|Float64|Int32|Uint8|Uint32)Array|Map|Set|Tensor|Parameter|float32|float64|int32|uint8|bool|[A-Za-z_$][\w$]*(?=:))*$/;

/** @param {string} text */
const isValue = (text) => /^['"[{\d+\-NITtfnuFUMSP…]/.test(text) && valueWords.test(text.replace(/ \([^()]*[a-z][^()]*\)$/, ''));

/**
 * Turns result comments into checks: `expression // value` and `const name = … // value` compare what is printed with the comment,
 * `expression // throws ShapeError: …` wants an error. A value may also stand in the comment lines below its expression. After an
 * expression without a semicolon nothing but a value makes sense.
 *
 * @param {string} file for messages
 * @param {string} code
 * @returns {string} the code with calls of `__check(line, async () => value, expected)`, on the same lines
 */
export function withChecks(file, code) {
  const { program, comments } = parse(`${file}.ts`, code);
  /** @type {{ start: number, end: number, text: string }[]} */
  const edits = [];
  visit(program, (node) => {
    if (/Function|^Class/.test(node.type)) return false;
    if (node.type !== 'ExpressionStatement' && node.type !== 'VariableDeclaration') return true;
    const expected = expectation(file, code, node, comments);
    if (expected === undefined) return true;
    const line = lineAt(code, node.start);
    const check = (/** @type {string} */ value) => `await __check(${line}, async () => (${value}), ${JSON.stringify(expected)});`;
    if (node.type === 'ExpressionStatement') {
      edits.push({ start: node.start, end: node.end, text: check(printed(code, node.expression)) });
    } else if (
      node.declarations.length === 1 &&
      node.declarations[0].id.type === 'Identifier' &&
      !expected.startsWith('throws ')
    ) {
      edits.push({ start: node.end, end: node.end, text: ` ${check(node.declarations[0].id.name)}` });
    }
    return false;
  });
  return edits.reduceRight((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code);
}

/**
 * @param {string} file
 * @param {string} code
 * @param {Node} statement
 * @param {readonly Comment[]} comments
 * @returns {string | undefined}
 */
function expectation(file, code, statement, comments) {
  const at = comments.findIndex(({ type, start }) => type === 'Line' && start >= statement.end);
  const beside = at >= 0 && /^[ \t;]*$/.test(code.slice(statement.end, comments[at].start)) ? comments[at] : undefined;
  if (beside) {
    const text = beside.value.trim();
    if (/^throws \w*Error\b/.test(text) || isValue(text)) return text;
    if (statement.type === 'VariableDeclaration' || code[statement.end - 1] === ';') return undefined;
    throw new Error(`${file}:${lineAt(code, beside.start)}: the comment is no value (${text}); prose follows a semicolon`);
  }
  let end = statement.end;
  const below = [];
  for (const comment of at < 0 ? [] : comments.slice(at)) {
    if (comment.type !== 'Line' || !/^[ \t;]*\n[ \t]*$/.test(code.slice(end, comment.start))) break;
    below.push(comment.value.trim());
    end = comment.end;
  }
  return below.length > 0 && statement.type === 'ExpressionStatement' && isValue(below.join(' ')) ? below.join(' ') : undefined;
}

/**
 * What to compare: for `console.log(x)` it is `x`.
 *
 * @param {string} code
 * @param {Node} expression
 */
function printed(code, expression) {
  const isLog =
    expression.type === 'CallExpression' && code.slice(expression.callee.start, expression.callee.end) === 'console.log';
  const value = isLog && expression.arguments.length === 1 ? expression.arguments[0] : expression;
  return code.slice(value.start, value.end);
}
