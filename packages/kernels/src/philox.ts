import type { Pair } from './attrs.ts';

/** A 128-bit counter of {@link philox4x32}: four unsigned 32-bit words, lowest first. */
export type PhiloxCounter = readonly [number, number, number, number];

const rounds = 10;
const multipliers = [0xd2511f53, 0xcd9e8d57] as const;
const weyl = [0x9e3779b9, 0xbb67ae85] as const;

/**
 * One block of Philox 4×32-10: four uniform 32-bit words that depend on `key` and `counter` alone.
 *
 * @param key - two unsigned 32-bit words
 * @param counter - four unsigned 32-bit words
 * @param out - takes the words, from `offset` on; what does not fit is dropped
 * @returns `out`
 * @example
 * philox4x32([0, 0], [0, 0, 0, 0], new Uint32Array(4))[0].toString(16) // '6627e8d5'
 * @see Salmon, Moraes, Dror & Shaw, Parallel random numbers: as easy as 1, 2, 3, 2011
 */
export function philox4x32(key: Pair, counter: PhiloxCounter, out: Uint32Array, offset = 0): Uint32Array {
  let [c0, c1, c2, c3] = counter;
  let [k0, k1] = key;
  for (let round = 0; round < rounds; round++) {
    const high0 = multiplyHigh(multipliers[0], c0);
    const low0 = Math.imul(multipliers[0], c0);
    const high1 = multiplyHigh(multipliers[1], c2);
    const low1 = Math.imul(multipliers[1], c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + weyl[0]) | 0;
    k1 = (k1 + weyl[1]) | 0;
  }
  out[offset] = c0;
  out[offset + 1] = c1;
  out[offset + 2] = c2;
  out[offset + 3] = c3;
  return out;
}

/**
 * The words that the kernel `randomBits` gives: word i is word `i % 4` of block `counter + ⌊i / 4⌋` of {@link philox4x32}.
 *
 * @param key - two unsigned 32-bit words
 * @param counter - the first block, a non-negative safe integer
 * @param length - how many words
 * @example
 * philoxWords([0, 0], 0, 2) // Uint32Array [1713891541, 3781805453]
 */
export function philoxWords(key: Pair, counter: number, length: number): Uint32Array {
  const words = new Uint32Array(length);
  for (let i = 0; i < length; i += 4) {
    const block = counter + i / 4;
    philox4x32(key, [block >>> 0, Math.floor(block / 2 ** 32), 0, 0], words, i);
  }
  return words;
}

/**
 * The upper 32 bits of a product of two 32-bit words, by halves. No sum passes 32 bits, so that all of it is integer arithmetic, and signed:
 * engines compute that several times as fast.
 */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (carry >>> 16)) | 0;
}
