/**
 * A value on one line, as result comments write it: `[1, 2]`, `Float32Array [0, 0.5]`, `{ a: 1 }`, `'text'`, `Map { 'a' => 1 }`. An object
 * with a `toString` of its own, such as a tensor, shows that.
 *
 * @param {unknown} value
 * @returns {string}
 */
export function inspect(value) {
  if (typeof value === 'string') return `'${JSON.stringify(value).slice(1, -1)}'`;
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return value.name;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '0' : String(value);
  const name = value.constructor?.name ?? 'Object';
  if (value instanceof Error) return `${name}: ${value.message}`;
  if (Array.isArray(value)) return `[${value.map(inspect).join(', ')}]`;
  if (ArrayBuffer.isView(value))
    return `${name} [${[.../** @type {Iterable<number>} */ (/** @type {unknown} */ (value))].join(', ')}]`;
  if (value instanceof Map) return `Map { ${[...value].map(([key, one]) => `${inspect(key)} => ${inspect(one)}`).join(', ')} }`;
  if (value instanceof Set) return `Set { ${[...value].map(inspect).join(', ')} }`;
  if (value.toString !== Object.prototype.toString) return String(value);
  const fields = Object.entries(value).map(([key, one]) => `${key}: ${inspect(one)}`);
  const body = fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  return name === 'Object' ? body : `${name} ${body}`;
}

/**
 * Whether a printed value is what a comment says: blanks do not count, `…` stands for anything, and a number fits when it is within
 * 1e-4 of the larger, or rounds to the decimals that the comment shows. A remark in brackets at the end of the comment is left aside.
 *
 * @param {string} actual
 * @param {string} expected
 * @returns {boolean}
 */
export function matches(actual, expected) {
  return fits(tokens(actual), tokens(expected)) || fits(tokens(actual), tokens(expected.replace(/ \([^()]*[a-z][^()]*\)$/, '')));
}

/** @param {string} text */
const tokens = (text) => text.match(/'[^']*'|"[^"]*"|[-+]?\d[\d_]*\.?\d*(?:e[-+]?\d+)?|[\p{L}_$][\p{L}\p{N}_$]*|[^\s]/gu) ?? [];

/**
 * @param {readonly string[]} actual
 * @param {readonly string[]} expected
 * @returns {boolean}
 */
function fits(actual, expected) {
  const gap = expected.indexOf('…');
  if (gap < 0) return actual.length === expected.length && expected.every((token, i) => sameToken(actual[i], token));
  const head = expected.slice(0, gap);
  const tail = expected.slice(gap + 1);
  if (actual.length < head.length || !head.every((token, i) => sameToken(actual[i], token))) return false;
  return actual.slice(head.length).some((_, i, rest) => fits(rest.slice(i), tail)) || tail.length === 0;
}

/**
 * @param {string} actual
 * @param {string} expected
 */
function sameToken(actual, expected) {
  if (actual === expected) return true;
  const [a, e] = [actual, expected].map((token) =>
    /\d/.test(token) && !/^[\p{L}'"]/u.test(token) ? Number(token.replaceAll('_', '')) : Number.NaN,
  );
  const decimals = /\.(\d+)$/.exec(expected)?.[1].length;
  const step = decimals === undefined ? 0 : 0.5000001 * 10 ** -decimals;
  return Math.abs(a - e) <= Math.max(step, 1e-4 * Math.max(Math.abs(a), Math.abs(e)));
}
