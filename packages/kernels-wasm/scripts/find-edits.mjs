/** So many equal bytes, after some that differ, that they hardly do so by chance. Shorter, and there are more edits; longer, and they add more. */
const certain = 8;

/**
 * The edits that make `target` of `base`, as `applyEdits` reads them. Where the two differ they go on at the nearest place at which both
 * hold the same bytes: the variants of a module differ in few instructions, and in the lengths around them.
 *
 * @param {Uint8Array} base
 * @param {Uint8Array} target
 * @returns {Uint8Array}
 */
export function findEdits(base, target) {
  /** @type {number[]} */
  const edits = [];
  let [at, to, kept] = [0, 0, 0];
  while (at < base.length || to < target.length) {
    if (at < base.length && base[at] === target[to]) {
      at++;
      to++;
      kept++;
      continue;
    }
    const { dropped, length } = nextEqual(base, target, at, to);
    const added = target.subarray(to, to + length);
    edits.push(...unsigned(kept), ...unsigned(dropped), ...unsigned(added.length), ...added);
    at += dropped;
    to += added.length;
    kept = 0;
  }
  return Uint8Array.from(edits);
}

/**
 * How many bytes to drop from `at` on, and the length of what comes in their place from `to` on.
 *
 * @param {Uint8Array} base
 * @param {Uint8Array} target
 * @param {number} at
 * @param {number} to
 */
function nextEqual(base, target, at, to) {
  const rest = base.length - at + target.length - to;
  for (let distance = 1; distance < rest; distance++) {
    for (let dropped = 0; dropped <= distance; dropped++) {
      const length = distance - dropped;
      if (isSame(base, target, at + dropped, to + length)) return { dropped, length };
    }
  }
  return { dropped: base.length - at, length: target.length - to };
}

/**
 * @param {Uint8Array} base
 * @param {Uint8Array} target
 * @param {number} at
 * @param {number} to
 */
function isSame(base, target, at, to) {
  if (at + certain > base.length || to + certain > target.length) return false;
  for (let i = 0; i < certain; i++) if (base[at + i] !== target[to + i]) return false;
  return true;
}

/**
 * An unsigned LEB128 number.
 *
 * @param {number} value
 */
function unsigned(value) {
  const bytes = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}
