import { Binary, DType } from './codes';
import { inChunks } from './flat';
import { inPieces } from './nest';
import { put } from './tails';
import { packMasks } from './unary';
import * as wide from './wide';

/** Rows up to this long are one task. */
const CHUNK: i32 = 16384;

/** Nanoseconds that an element takes, about. */
function costOf(fn: i32): f32 {
  return fn == Binary.pow ? 12 : fn == Binary.atan2 || fn == Binary.remainder ? 15 : 0.2;
}

/** {@link row} in parallel. */
export function binaryRow(dtype: i32, fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  if (n <= CHUNK && (n <= 1024 || costOf(fn) < 1)) {
    row(dtype, fn, a, aStep, b, bStep, out, n);
    return;
  }
  const size = dtype < DType.uint8 ? 4 : 1;
  inChunks(
    rowBody, fn | dtype << 8 | aStep << 16 | bStep << 17, a, size * aStep, b, size * bStep, out,
    fn >= Binary.equal ? 1 : size, n, costOf(fn) < 1 ? CHUNK : 1024, costOf(fn),
  );
}

function rowBody(mode: i32, a: usize, b: usize, out: usize, n: i32): void {
  row(mode >> 8 & 0xff, mode & 0xff, a, mode >> 16 & 1, b, mode >> 17, out, n);
}

/** Any broadcast of `rank` axes, as a loop nest in `loops`, in parallel. */
export function binaryStrided(dtype: i32, fn: i32, a: usize, b: usize, out: usize, rank: i32, loops: usize): void {
  const shift: usize = dtype < DType.uint8 ? 2 : 0;
  const outShift: usize = fn >= Binary.equal ? 0 : shift;
  inPieces(nestBody, fn | dtype << 8, a, shift, b, shift, 0, 0, out, outShift, rank, loops, 0, costOf(fn));
}

function nestBody(mode: i32, a: usize, b: usize, _c: usize, out: usize, axis: i32, loops: usize): void {
  rows(mode >> 8, mode & 0xff, a, b, out, axis, loops);
}

/**
 * One contiguous row of results. `aStep` and `bStep` are 1, or 0 for an operand that is one element repeated.
 * Rows may lie next to each other, so nothing is written past the end of one.
 */
function row(dtype: i32, fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  if (fn >= Binary.equal) {
    if (dtype == DType.float32) compareFloats(fn, a, aStep, b, bStep, out, n);
    else if (dtype == DType.int32) compare<i32>(fn, a, aStep, b, bStep, out, n);
    else compare<u8>(fn, a, aStep, b, bStep, out, n);
  } else if (dtype == DType.float32) {
    floatRow(fn, a, aStep, b, bStep, out, n);
  } else {
    intRow(fn, a, aStep, b, bStep, out, n);
  }
}

/** Any broadcast, as a loop nest in `loops` (see `src/loops.ts`), from `axis` inwards. Returns the end of what it wrote. */
function rows(dtype: i32, fn: i32, a: usize, b: usize, out: usize, axis: i32, loops: usize): usize {
  const at = loops + (<usize>axis << 4);
  const extent = load<i32>(at);
  const aStride = load<i32>(at, 4);
  const bStride = load<i32>(at, 8);
  const inShift: usize = dtype < DType.uint8 ? 2 : 0;
  if (axis == 0) {
    row(dtype, fn, a, aStride, b, bStride, out, extent);
    return out + (<usize>extent << (fn >= Binary.equal ? 0 : inShift));
  }
  for (let i = 0; i < extent; i++) {
    out = rows(dtype, fn, a, b, out, axis - 1, loops);
    a += <usize>aStride << inShift;
    b += <usize>bStride << inShift;
  }
  return out;
}

const INT: i32 = 100;

@inline
function apply(fn: i32, a: v128, b: v128): v128 {
  if (fn == Binary.add) return f32x4.add(a, b);
  if (fn == Binary.sub) return f32x4.sub(a, b);
  if (fn == Binary.mul) return f32x4.mul(a, b);
  if (fn == Binary.div) return f32x4.div(a, b);
  if (fn == Binary.maximum) return f32x4.max(a, b);
  if (fn == Binary.minimum) return f32x4.min(a, b);
  if (fn == INT + Binary.add) return i32x4.add(a, b);
  if (fn == INT + Binary.sub) return i32x4.sub(a, b);
  if (fn == INT + Binary.mul) return i32x4.mul(a, b);
  if (fn == INT + Binary.maximum) return i32x4.max_s(a, b);
  return i32x4.min_s(a, b);
}

/** A loop over whole vectors, sixteen elements a turn; as in {@link row}, each step is 0 or 1. */
type Vectors = (a: usize, aStep: i32, b: usize, bStep: i32, out: usize, end: usize) => void;

/** The loop of a function: one for each, see `loopOf` of `unary.ts`. */
function vectorsOf(fn: i32): Vectors {
  switch (fn) {
    case Binary.add: return (a, aStep, b, bStep, out, end) => vectors(Binary.add, a, aStep, b, bStep, out, end);
    case Binary.sub: return (a, aStep, b, bStep, out, end) => vectors(Binary.sub, a, aStep, b, bStep, out, end);
    case Binary.mul: return (a, aStep, b, bStep, out, end) => vectors(Binary.mul, a, aStep, b, bStep, out, end);
    case Binary.div: return (a, aStep, b, bStep, out, end) => vectors(Binary.div, a, aStep, b, bStep, out, end);
    case Binary.maximum: return (a, aStep, b, bStep, out, end) => vectors(Binary.maximum, a, aStep, b, bStep, out, end);
    case Binary.minimum: return (a, aStep, b, bStep, out, end) => vectors(Binary.minimum, a, aStep, b, bStep, out, end);
    case INT + Binary.add: return (a, aStep, b, bStep, out, end) => vectors(INT + Binary.add, a, aStep, b, bStep, out, end);
    case INT + Binary.sub: return (a, aStep, b, bStep, out, end) => vectors(INT + Binary.sub, a, aStep, b, bStep, out, end);
    case INT + Binary.mul: return (a, aStep, b, bStep, out, end) => vectors(INT + Binary.mul, a, aStep, b, bStep, out, end);
    case INT + Binary.maximum: return (a, aStep, b, bStep, out, end) => vectors(INT + Binary.maximum, a, aStep, b, bStep, out, end);
    default: return (a, aStep, b, bStep, out, end) => vectors(INT + Binary.minimum, a, aStep, b, bStep, out, end);
  }
}

@inline
function vectors(fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, end: usize): void {
  let a0 = v128.load32_splat(a), a1 = a0, a2 = a0, a3 = a0;
  let b0 = v128.load32_splat(b), b1 = b0, b2 = b0, b3 = b0;
  for (; out < end; out += 64) {
    if (aStep) {
      a0 = v128.load(a);
      a1 = v128.load(a, 16);
      a2 = v128.load(a, 32);
      a3 = v128.load(a, 48);
      a += 64;
    }
    if (bStep) {
      b0 = v128.load(b);
      b1 = v128.load(b, 16);
      b2 = v128.load(b, 32);
      b3 = v128.load(b, 48);
      b += 64;
    }
    v128.store(out, apply(fn, a0, b0));
    v128.store(out, apply(fn, a1, b1), 16);
    v128.store(out, apply(fn, a2, b2), 32);
    v128.store(out, apply(fn, a3, b3), 48);
  }
}

/** A row of a function of {@link vectorsOf}. Its end is in one loop for all functions. */
function vectorRow(fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  const whole = n & ~15;
  if (whole > 0) {
    const bytes = <usize>whole << 2;
    vectorsOf(fn)(a, aStep, b, bStep, out, out + bytes);
    a += bytes * aStep;
    b += bytes * bStep;
    out += bytes;
  }
  for (let left = n - whole; left > 0; left -= 4, a += aStep << 4, b += bStep << 4, out += 16) {
    const y = apply(fn, aStep ? v128.load(a) : v128.load32_splat(a), bStep ? v128.load(b) : v128.load32_splat(b));
    put(out, y, left);
  }
}

function floatRow(fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  if (fn == Binary.pow) return powRow(a, aStep, b, bStep, out, n);
  if (fn != Binary.remainder && fn != Binary.atan2) return vectorRow(fn, a, aStep, b, bStep, out, n);
  for (let i: usize = 0; i < <usize>n; i++) {
    const x = load<f32>(a + (i * aStep << 2));
    const y = load<f32>(b + (i * bStep << 2));
    store<f32>(out + (i << 2), fn == Binary.atan2 ? Mathf.atan2(x, y) : remainder(x, y));
  }
}

function powRow(a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  for (let i = 0; i < n; i += 2) {
    const x = f64x2.promote_low_f32x4(aStep == 0 ? v128.load32_splat(a) : v128.load64_zero(a + (<usize>i << 2)));
    const y = f64x2.promote_low_f32x4(bStep == 0 ? v128.load32_splat(b) : v128.load64_zero(b + (<usize>i << 2)));
    const power = f32x4.demote_f64x2_zero(wide.pow(x, y));
    if (i + 1 < n) v128.store64_lane(out + (<usize>i << 2), power, 0);
    else v128.store32_lane(out + (<usize>i << 2), power, 0);
  }
}

/** Has the sign of the divisor, as in Python. */
function remainder(x: f32, y: f32): f32 {
  const rest = x % y;
  return rest != 0 && rest < 0 != y < 0 ? rest + y : rest;
}

function intRow(fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  if (fn != Binary.pow && fn != Binary.div && fn != Binary.remainder) return vectorRow(INT + fn, a, aStep, b, bStep, out, n);
  for (let i: usize = 0; i < <usize>n; i++) {
    const x = load<i32>(a + (i * aStep << 2));
    const y = load<i32>(b + (i * bStep << 2));
    store<i32>(out + (i << 2), fn == Binary.pow ? intPow(x, y) : fn == Binary.div ? floorDivide(x, y) : floorRemainder(x, y));
  }
}

/** Rounds towards minus infinity; 0 for a divisor of 0, and wraps for the one quotient that is too large. */
function floorDivide(x: i32, y: i32): i32 {
  if (y == 0) return 0;
  if (y == -1) return -x;
  const quotient = x / y;
  return (x ^ y) < 0 && quotient * y != x ? quotient - 1 : quotient;
}

function floorRemainder(x: i32, y: i32): i32 {
  if (y == 0 || y == -1) return 0;
  const rest = x % y;
  return rest != 0 && (rest ^ y) < 0 ? rest + y : rest;
}

/** By squaring, wrapping around; a negative exponent truncates the exact power. */
function intPow(base: i32, exponent: i32): i32 {
  if (exponent < 0) return base == 1 ? 1 : base == -1 ? 1 - 2 * (exponent & 1) : 0;
  let power = 1;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) power *= base;
    base *= base;
  }
  return power;
}

@inline
function test<T>(fn: i32, x: T, y: T): bool {
  if (fn == Binary.equal) return x == y;
  if (fn == Binary.notEqual) return x != y;
  if (fn == Binary.less) return x < y;
  if (fn == Binary.lessEqual) return x <= y;
  if (fn == Binary.greater) return x > y;
  if (fn == Binary.greaterEqual) return x >= y;
  const zero = <T>0;
  if (fn == Binary.logicalAnd) return x != zero && y != zero;
  if (fn == Binary.logicalOr) return x != zero || y != zero;
  return (x != zero) != (y != zero);
}

@inline
function compareLoop<T>(fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  for (const end = out + <usize>n; out < end; out++) {
    store<u8>(out, u8(test<T>(fn, load<T>(a), load<T>(b))));
    a += <usize>aStep * sizeof<T>();
    b += <usize>bStep * sizeof<T>();
  }
}

function compare<T>(fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  switch (fn) {
    case Binary.equal: return compareLoop<T>(Binary.equal, a, aStep, b, bStep, out, n);
    case Binary.notEqual: return compareLoop<T>(Binary.notEqual, a, aStep, b, bStep, out, n);
    case Binary.less: return compareLoop<T>(Binary.less, a, aStep, b, bStep, out, n);
    case Binary.lessEqual: return compareLoop<T>(Binary.lessEqual, a, aStep, b, bStep, out, n);
    case Binary.greater: return compareLoop<T>(Binary.greater, a, aStep, b, bStep, out, n);
    case Binary.greaterEqual: return compareLoop<T>(Binary.greaterEqual, a, aStep, b, bStep, out, n);
    case Binary.logicalAnd: return compareLoop<T>(Binary.logicalAnd, a, aStep, b, bStep, out, n);
    case Binary.logicalOr: return compareLoop<T>(Binary.logicalOr, a, aStep, b, bStep, out, n);
    case Binary.logicalXor: return compareLoop<T>(Binary.logicalXor, a, aStep, b, bStep, out, n);
  }
}

/** Sixteen floats at a time, then the rest. */
function compareFloats(fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  const whole = n & ~15;
  switch (fn) {
    case Binary.equal: masks(Binary.equal, a, aStep, b, bStep, out, whole); break;
    case Binary.notEqual: masks(Binary.notEqual, a, aStep, b, bStep, out, whole); break;
    case Binary.less: masks(Binary.less, a, aStep, b, bStep, out, whole); break;
    case Binary.lessEqual: masks(Binary.lessEqual, a, aStep, b, bStep, out, whole); break;
    case Binary.greater: masks(Binary.greater, a, aStep, b, bStep, out, whole); break;
    case Binary.greaterEqual: masks(Binary.greaterEqual, a, aStep, b, bStep, out, whole); break;
    default: return compare<f32>(fn, a, aStep, b, bStep, out, n);
  }
  if (whole == n) return;
  const aRest = a + (<usize>(whole * aStep) << 2);
  const bRest = b + (<usize>(whole * bStep) << 2);
  compare<f32>(fn, aRest, aStep, bRest, bStep, out + whole, n - whole);
}

@inline
function masks(fn: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  const x = v128.load32_splat(a);
  const y = v128.load32_splat(b);
  for (const end = out + <usize>n; out < end; out += 16) {
    v128.store(out, packMasks(
      mask(fn, aStep ? v128.load(a) : x, bStep ? v128.load(b) : y),
      mask(fn, aStep ? v128.load(a, 16) : x, bStep ? v128.load(b, 16) : y),
      mask(fn, aStep ? v128.load(a, 32) : x, bStep ? v128.load(b, 32) : y),
      mask(fn, aStep ? v128.load(a, 48) : x, bStep ? v128.load(b, 48) : y),
    ));
    a += <usize>aStep << 6;
    b += <usize>bStep << 6;
  }
}

@inline
function mask(fn: i32, x: v128, y: v128): v128 {
  if (fn == Binary.equal) return f32x4.eq(x, y);
  if (fn == Binary.notEqual) return f32x4.ne(x, y);
  if (fn == Binary.less) return f32x4.lt(x, y);
  if (fn == Binary.lessEqual) return f32x4.le(x, y);
  if (fn == Binary.greater) return f32x4.gt(x, y);
  return f32x4.ge(x, y);
}
