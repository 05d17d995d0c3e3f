/** @typedef {import('./house.mjs').House} House */

const begin = '<!-- packages: written by `npm run arrows -- --write` -->';
const end = '<!-- /packages -->';

/**
 * The package picture as Markdown: a row imports from rows above it only.
 *
 * @param {House} house
 * @param {Readonly<Record<string, readonly string[]>>} table what each package may import
 * @returns {string}
 */
export function picture({ packages }, table) {
  const levels = levelsOf(table);
  const drawing = levels.map((names, level) => `${level}  ${names.map(short).join('   ')}`);
  const rows = levels.flat().map((name) => {
    const pack = packages.find((one) => one.name === name);
    const uses =
      table[name].map((one) => `${short(one)}${pack?.optionalPeers.includes(one) ? ' (optional)' : ''}`).join(', ') || '–';
    return `| \`${name}\`${pack?.isPrivate ? ' (private)' : ''} | ${uses} | ${pack?.description ?? ''} |`;
  });
  return ['```text', ...drawing, '```', '', '| package | may import | what it is |', '|---|---|---|', ...rows].join('\n');
}

/**
 * @param {string} text a Markdown page with the two marks
 * @param {string} drawn
 * @returns {string}
 */
export function replacePicture(text, drawn) {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) throw new Error(`the page lacks the marks ${begin} … ${end}`);
  return `${text.slice(0, from + begin.length)}\n\n${drawn}\n\n${text.slice(to)}`;
}

/**
 * Packages by the longest way down to one that imports nothing.
 *
 * @param {Readonly<Record<string, readonly string[]>>} table
 * @returns {string[][]}
 */
function levelsOf(table) {
  /** @type {Map<string, number>} */
  const level = new Map();
  for (const [name, below] of Object.entries(table))
    level.set(name, 1 + Math.max(-1, ...below.map((one) => level.get(one) ?? -1)));
  return [...new Set(level.values())].sort().map((height) => [...level.keys()].filter((name) => level.get(name) === height));
}

/** @param {string} name */
const short = (name) => name.replace('@dl/', '');
