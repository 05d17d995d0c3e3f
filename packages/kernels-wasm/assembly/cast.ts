import { DType } from './codes';
import { inChunks } from './flat';
import { packMasks } from './unary';

/** Elements of a task. */
const CHUNK: i32 = 16384;

/** Converts `n` elements: float to int truncates and saturates, NaN is 0; anything to bool is `!= 0`. Same storage is copied. */
export function cast(from: i32, to: i32, x: usize, out: usize, n: i32): void {
  inChunks(convert, from | to << 8, x, sizeOf(from), 0, 0, out, sizeOf(to), n, CHUNK, 0.3);
}

@inline
function sizeOf(dtype: i32): i32 {
  return dtype < DType.uint8 ? 4 : 1;
}

function convert(mode: i32, x: usize, _b: usize, out: usize, n: i32): void {
  const from = mode & 0xff;
  const to = mode >> 8;
  if (from == DType.float32) {
    if (to == DType.int32) floatsToInts(x, out, n);
    else if (to == DType.uint8) floatsToBytes(x, out, n);
    else if (to == DType.bool) floatsToBools(x, out, n);
    else memory.copy(out, x, <usize>n << 2);
  } else if (from == DType.int32) {
    if (to == DType.float32) intsToFloats(x, out, n);
    else if (to == DType.uint8) intsToBytes(x, out, n);
    else if (to == DType.bool) intsToBools(x, out, n);
    else memory.copy(out, x, <usize>n << 2);
  } else {
    if (to == DType.float32) bytesToWords(true, x, out, n);
    else if (to == DType.int32) bytesToWords(false, x, out, n);
    else if (to == DType.bool && from == DType.uint8) bytesToBools(x, out, n);
    else memory.copy(out, x, <usize>n);
  }
}

function floatsToInts(x: usize, out: usize, n: i32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 16, out += 16) v128.store(out, i32x4.trunc_sat_f32x4_s(v128.load(x)));
}

function intsToFloats(x: usize, out: usize, n: i32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 16, out += 16) v128.store(out, f32x4.convert_i32x4_s(v128.load(x)));
}

function floatsToBytes(x: usize, out: usize, n: i32): void {
  for (const end = out + <usize>n; out < end; out++, x += 4) store<u8>(out, u8(min<u32>(u32(load<f32>(x)), 255)));
}

function intsToBytes(x: usize, out: usize, n: i32): void {
  for (const end = out + <usize>n; out < end; out++, x += 4) store<u8>(out, u8(max(0, min(load<i32>(x), 255))));
}

function floatsToBools(x: usize, out: usize, n: i32): void {
  const zero = f32x4.splat(0);
  for (const end = out + <usize>n; out < end; out += 16, x += 64) {
    v128.store(out, packMasks(
      f32x4.ne(v128.load(x), zero), f32x4.ne(v128.load(x, 16), zero),
      f32x4.ne(v128.load(x, 32), zero), f32x4.ne(v128.load(x, 48), zero),
    ));
  }
}

function intsToBools(x: usize, out: usize, n: i32): void {
  for (const end = out + <usize>n; out < end; out++, x += 4) store<u8>(out, u8(load<i32>(x) != 0));
}

function bytesToBools(x: usize, out: usize, n: i32): void {
  for (const end = out + <usize>n; out < end; out += 16, x += 16) {
    v128.store(out, v128.and(i8x16.ne(v128.load(x), i8x16.splat(0)), i8x16.splat(1)));
  }
}

@inline
function bytesToWords(toFloat: bool, x: usize, out: usize, n: i32): void {
  for (const end = x + <usize>n; x < end; x += 4, out += 16) {
    const ints = i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(x)));
    v128.store(out, toFloat ? f32x4.convert_i32x4_u(ints) : ints);
  }
}
