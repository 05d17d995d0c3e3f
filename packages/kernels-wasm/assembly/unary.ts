import { Unary } from './codes';
import { Body, inChunks } from './flat';
import * as math from './math';
import { trigonometry } from './trigonometry';
import * as wide from './wide';

/** Elements of a task, of cheap functions and of costly ones. */
const CHUNK: i32 = 16384;
const COSTLY_CHUNK: i32 = 2048;

/** Nanoseconds that an element takes, about. */
function costOf(fn: i32): f32 {
  if (fn == Unary.asin || fn == Unary.acos || fn == Unary.atan) return 12;
  if (fn == Unary.expm1 || (fn >= Unary.sin && fn <= Unary.tan)) return 3;
  if (fn == Unary.sinh || fn == Unary.cosh || (fn >= Unary.asinh && fn <= Unary.atanh)) return 4;
  if (fn <= Unary.relu || fn >= Unary.floor || fn == Unary.sqrt || fn == Unary.reciprocal) return 0.2;
  return 1;
}

/** {@link floats} in parallel. */
export function unaryFloat(fn: i32, x: usize, out: usize, n: i32): void {
  if (n <= COSTLY_CHUNK) {
    call_indirect<void>(loopOf(fn).index, fn, x, <usize>0, out, n);
    return;
  }
  const cost = costOf(fn);
  inChunks(loopOf(fn), fn, x, 4, 0, 0, out, 4, n, cost < 1 ? CHUNK : COSTLY_CHUNK, cost);
}

/** {@link ints} in parallel. */
export function unaryInt(fn: i32, x: usize, out: usize, n: i32): void {
  inChunks(ints, fn, x, 4, 0, 0, out, 4, n, CHUNK, 0.2);
}

/** {@link tests} in parallel. */
export function testFloat(fn: i32, x: usize, out: usize, n: i32): void {
  inChunks(tests, fn, x, 4, 0, 0, out, 1, n, CHUNK, 0.2);
}

export function notInt(x: usize, out: usize, n: i32): void {
  inChunks(notInts, 0, x, 4, 0, 0, out, 1, n, CHUNK, 0.5);
}

export function notByte(x: usize, out: usize, n: i32): void {
  inChunks(notBytes, 0, x, 1, 0, 0, out, 1, n, CHUNK, 0.1);
}

/**
 * Elementwise loops over whole buffers, each a function of its own: of loops that stand in one function the compiler makes one, with a
 * chain of tests in it. Blocks are whole cache lines, so a loop has no tail.
 */
function loopOf(fn: i32): Body {
  switch (fn) {
    case Unary.neg: return (_fn, x, _b, out, n) => loop(Unary.neg, x, out, n);
    case Unary.abs: return (_fn, x, _b, out, n) => loop(Unary.abs, x, out, n);
    case Unary.sign: return (_fn, x, _b, out, n) => loop(Unary.sign, x, out, n);
    case Unary.square: return (_fn, x, _b, out, n) => loop(Unary.square, x, out, n);
    case Unary.relu: return (_fn, x, _b, out, n) => loop(Unary.relu, x, out, n);
    case Unary.exp: return (_fn, x, _b, out, n) => loop(Unary.exp, x, out, n);
    case Unary.expm1: return (_fn, x, _b, out, n) => wideLoop(Unary.expm1, x, out, n);
    case Unary.log: return (_fn, x, _b, out, n) => pairs(Unary.log, x, out, n);
    case Unary.log1p: return (_fn, x, _b, out, n) => pairs(Unary.log1p, x, out, n);
    case Unary.sqrt: return (_fn, x, _b, out, n) => loop(Unary.sqrt, x, out, n);
    case Unary.rsqrt: return (_fn, x, _b, out, n) => loop(Unary.rsqrt, x, out, n);
    case Unary.reciprocal: return (_fn, x, _b, out, n) => loop(Unary.reciprocal, x, out, n);
    case Unary.sin: return (_fn, x, _b, out, n) => trigonometry(Unary.sin, x, out, n);
    case Unary.cos: return (_fn, x, _b, out, n) => trigonometry(Unary.cos, x, out, n);
    case Unary.tan: return (_fn, x, _b, out, n) => trigonometry(Unary.tan, x, out, n);
    case Unary.sinh: return (_fn, x, _b, out, n) => wideLoop(Unary.sinh, x, out, n);
    case Unary.cosh: return (_fn, x, _b, out, n) => wideLoop(Unary.cosh, x, out, n);
    case Unary.tanh: return (_fn, x, _b, out, n) => loop(Unary.tanh, x, out, n);
    case Unary.asinh: return (_fn, x, _b, out, n) => wideLoop(Unary.asinh, x, out, n);
    case Unary.acosh: return (_fn, x, _b, out, n) => wideLoop(Unary.acosh, x, out, n);
    case Unary.atanh: return (_fn, x, _b, out, n) => wideLoop(Unary.atanh, x, out, n);
    case Unary.sigmoid: return (_fn, x, _b, out, n) => loop(Unary.sigmoid, x, out, n);
    case Unary.softplus: return (_fn, x, _b, out, n) => pairs(Unary.softplus, x, out, n);
    case Unary.erf: return (_fn, x, _b, out, n) => pairs(Unary.erf, x, out, n);
    case Unary.floor: return (_fn, x, _b, out, n) => loop(Unary.floor, x, out, n);
    case Unary.ceil: return (_fn, x, _b, out, n) => loop(Unary.ceil, x, out, n);
    case Unary.round: return (_fn, x, _b, out, n) => loop(Unary.round, x, out, n);
    case Unary.trunc: return (_fn, x, _b, out, n) => loop(Unary.trunc, x, out, n);
    default: return (fn, x, _b, out, n) => scalarLoop(fn, x, out, n);
  }
}

@inline
function apply(fn: i32, x: v128): v128 {
  if (fn == Unary.neg) return f32x4.neg(x);
  if (fn == Unary.abs) return f32x4.abs(x);
  if (fn == Unary.sign) return math.sign(x);
  if (fn == Unary.square) return f32x4.mul(x, x);
  if (fn == Unary.relu) return math.relu(x);
  if (fn == Unary.exp) return math.exp(x);
  if (fn == Unary.log) return math.log(x);
  if (fn == Unary.log1p) return math.log1p(x);
  if (fn == Unary.sqrt) return f32x4.sqrt(x);
  if (fn == Unary.rsqrt) return f32x4.div(f32x4.splat(1), f32x4.sqrt(x));
  if (fn == Unary.reciprocal) return f32x4.div(f32x4.splat(1), x);
  if (fn == Unary.tanh) return math.tanh(x);
  if (fn == Unary.sigmoid) return math.sigmoid(x);
  if (fn == Unary.softplus) return math.softplus(x);
  if (fn == Unary.erf) return math.erf(x);
  if (fn == Unary.floor) return f32x4.floor(x);
  if (fn == Unary.ceil) return f32x4.ceil(x);
  if (fn == Unary.round) return f32x4.nearest(x);
  return f32x4.trunc(x);
}

/**
 * Four vectors a turn, as long as there is one: cheap functions are bound by the turns, costly ones by the steps of one vector, between
 * which the CPU finds those of the other three only where they stand close by.
 */
@inline
function loop(fn: i32, x: usize, out: usize, n: i32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 64, out += 64) {
    const a = apply(fn, v128.load(x));
    const b = apply(fn, v128.load(x, 16));
    const c = apply(fn, v128.load(x, 32));
    const d = apply(fn, v128.load(x, 48));
    v128.store(out, a);
    v128.store(out, b, 16);
    v128.store(out, c, 32);
    v128.store(out, d, 48);
  }
}

/** As {@link loop}, two vectors a turn: of functions so long that more would not pay for their bytes. */
@inline
function pairs(fn: i32, x: usize, out: usize, n: i32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 32, out += 32) {
    const a = apply(fn, v128.load(x));
    const b = apply(fn, v128.load(x, 16));
    v128.store(out, a);
    v128.store(out, b, 16);
  }
}

@inline
function applyWide(fn: i32, x: v128): v128 {
  if (fn == Unary.expm1) return wide.expm1(x);
  if (fn == Unary.sinh) return wide.sinh(x);
  if (fn == Unary.cosh) return wide.cosh(x);
  if (fn == Unary.asinh) return wide.asinh(x);
  if (fn == Unary.acosh) return wide.acosh(x);
  return wide.atanh(x);
}

@inline
function wideLoop(fn: i32, x: usize, out: usize, n: i32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 8, out += 8) {
    v128.store64_lane(out, f32x4.demote_f64x2_zero(applyWide(fn, f64x2.promote_low_f32x4(v128.load64_zero(x)))), 0);
  }
}

function scalarLoop(fn: i32, x: usize, out: usize, n: i32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 4, out += 4) store<f32>(out, scalar(fn, load<f32>(x)));
}

function scalar(fn: i32, x: f32): f32 {
  switch (fn) {
    case Unary.asin: return Mathf.asin(x);
    case Unary.acos: return Mathf.acos(x);
    default: return Mathf.atan(x);
  }
}

/** Of the rows that take int32. */
function ints(fn: i32, x: usize, _b: usize, out: usize, n: i32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 16, out += 16) {
    const v = v128.load(x);
    let y = i32x4.abs(v);
    if (fn == Unary.neg) y = i32x4.neg(v);
    else if (fn == Unary.square) y = i32x4.mul(v, v);
    else if (fn == Unary.relu) y = i32x4.max_s(v, i32x4.splat(0));
    else if (fn == Unary.sign) y = i32x4.max_s(i32x4.min_s(v, i32x4.splat(1)), i32x4.splat(-1));
    v128.store(out, y);
  }
}

/** `isNan`, `isFinite` and `logicalNot` of float32. */
function tests(fn: i32, x: usize, _b: usize, out: usize, n: i32): void {
  for (const end = out + <usize>n; out < end; out += 16, x += 64) {
    v128.store(out, packMasks(
      testLanes(fn, v128.load(x)), testLanes(fn, v128.load(x, 16)),
      testLanes(fn, v128.load(x, 32)), testLanes(fn, v128.load(x, 48)),
    ));
  }
}

@inline
function testLanes(fn: i32, x: v128): v128 {
  if (fn == Unary.isNan) return f32x4.ne(x, x);
  if (fn == Unary.isFinite) return f32x4.lt(f32x4.abs(x), f32x4.splat(f32.POSITIVE_INFINITY));
  return f32x4.eq(x, f32x4.splat(0));
}

/** Four masks of four lanes as sixteen bytes of 0 or 1. */
@inline
export function packMasks(a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.and(i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d)), i8x16.splat(1));
}

function notInts(_mode: i32, x: usize, _b: usize, out: usize, n: i32): void {
  for (const end = out + <usize>n; out < end; out++, x += 4) store<u8>(out, u8(load<i32>(x) == 0));
}

function notBytes(_mode: i32, x: usize, _b: usize, out: usize, n: i32): void {
  for (const end = out + <usize>n; out < end; out += 16, x += 16) {
    v128.store(out, v128.and(i8x16.eq(v128.load(x), i8x16.splat(0)), i8x16.splat(1)));
  }
}
