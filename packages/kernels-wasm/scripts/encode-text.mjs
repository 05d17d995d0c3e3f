/** @typedef {import('../src/decode-text.ts').TextCode} TextCode */

/** The printable characters of ASCII but those that somebody may have to escape: a minifier that turns quotes, or a page around a script. */
const alphabet = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i))
  .filter((character) => !'"$\'<\\`'.includes(character))
  .join('');

/** As many bytes in one character as leave enough pairs for the others. */
const singles = alphabet.length - 2;

/**
 * The code in which texts of such `bytes` are shortest.
 *
 * @param {Uint8Array} bytes
 * @returns {TextCode}
 */
export function textCode(bytes) {
  const counts = Array.from({ length: 256 }, () => 0);
  for (const byte of bytes) counts[byte]++;
  const common = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b).slice(0, singles);
  return { alphabet, common };
}

/**
 * The text that `decodeText` reads.
 *
 * @param {Uint8Array} bytes
 * @param {TextCode} code
 * @returns {string}
 */
export function encodeText(bytes, { alphabet, common }) {
  const words = [...alphabet].slice(0, common.length);
  for (const first of [...alphabet].slice(common.length)) for (const second of alphabet) words.push(first + second);
  const rare = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => !common.includes(byte));
  const byByte = new Map([...common, ...rare].map((byte, i) => [byte, words[i]]));
  return Array.from(bytes, (byte) => byByte.get(byte)).join('');
}
