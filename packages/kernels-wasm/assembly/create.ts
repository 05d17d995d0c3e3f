/** `start + i * step`, in double precision. */
export function iotaFloat(start: f64, step: f64, out: usize, n: i32): void {
  for (let i = 0; i < n; i++, out += 4) store<f32>(out, <f32>(start + <f64>i * step));
}

export function iotaInt(start: f64, step: f64, out: usize, n: i32): void {
  for (let i = 0; i < n; i++, out += 4) store<i32>(out, <i32>(start + <f64>i * step));
}

const ROUNDS: i32 = 10;

/**
 * Philox 4×32-10: `n` words from block `counter` on, or with `toFloat` their upper 24 bits as floats in [0, 1).
 * Blocks of the heap are padded, so the last four words are always written.
 */
export function randomBits(toFloat: bool, key0: u32, key1: u32, counterLow: u32, counterHigh: u32, out: usize, n: i32): void {
  let counter = (<u64>counterHigh << 32) | counterLow;
  for (const end = out + (<usize>n << 2); out < end; out += 16, counter++) {
    const words = philox(key0, key1, <u32>counter, <u32>(counter >> 32));
    v128.store(out, toFloat ? f32x4.mul(f32x4.convert_i32x4_u(i32x4.shr_u(words, 8)), f32x4.splat(1.0 / 16777216)) : words);
  }
}

function philox(k0: u32, k1: u32, c0: u32, c1: u32): v128 {
  let c2: u32 = 0;
  let c3: u32 = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const product0 = <u64>c0 * 0xd2511f53;
    const product1 = <u64>c2 * 0xcd9e8d57;
    c0 = <u32>(product1 >> 32) ^ c1 ^ k0;
    c1 = <u32>product1;
    c2 = <u32>(product0 >> 32) ^ c3 ^ k1;
    c3 = <u32>product0;
    k0 += 0x9e3779b9;
    k1 += 0xbb67ae85;
  }
  return i32x4(c0, c1, c2, c3);
}
