/** The exponent of halves that are infinite or no number, at its place in a float32. */
const infinity = 0x7c00 << 13;

/** IEEE 754 binary16 bits as float32 values; every half is exact in a float32. */
export function float16ToFloat32(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  const out = new Float32Array(words.buffer);
  for (let i = 0; i < bits.length; i++) {
    const half = bits[i];
    const magnitude = (half & 0x7fff) << 13;
    words[i] = magnitude;
    // Exponents count from -15 there and from -127 here; the product brings subnormal halves right as well.
    if (magnitude < infinity) out[i] *= 2 ** 112;
    else words[i] |= 0x7f800000;
    words[i] |= (half & 0x8000) << 16;
  }
  return out;
}

/** bfloat16 bits as float32 values: the upper half of a float32. */
export function bfloat16ToFloat32(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) words[i] = bits[i] << 16;
  return new Float32Array(words.buffer);
}
