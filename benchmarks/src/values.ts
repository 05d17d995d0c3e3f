/**
 * `length` float32 numbers in [low, high) that look random and are the same on every side of a comparison: the finaliser of MurmurHash3
 * over a counter. `values` of pytorch.py is its twin.
 */
export function values(length: number, seed: number, low = -0.5, high = 0.5): Float32Array<ArrayBuffer> {
  const out = new Float32Array(length);
  const start = Math.imul(seed, 0x9e3779b9);
  for (let i = 0; i < length; i++) {
    let h = (i + start) >>> 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    out[i] = low + ((h ^ (h >>> 16)) >>> 8) * 2 ** -24 * (high - low);
  }
  return out;
}

/** How many elements a shape has. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
