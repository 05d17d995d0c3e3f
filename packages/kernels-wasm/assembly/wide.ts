/**
 * Functions that are computed in double precision, two lanes at a time, where single precision would cancel: the error of the
 * simple formula disappears in the rounding to float32.
 */

/** Adding it to a small double leaves it, rounded to an integer, in the low bits: 1.5 · 2⁵². */
const ROUNDER: f64 = 6755399441055744;

/** Below it a function is replaced by the first two terms of its series. */
const SMALL: f64 = 1e-5;

@inline
function series(near: v128, far: v128, x: v128): v128 {
  return v128.bitselect(near, far, f64x2.lt(f64x2.abs(x), f64x2.splat(SMALL)));
}

@inline
function withSign(magnitude: v128, x: v128): v128 {
  return v128.bitselect(x, magnitude, i64x2.splat(0x8000000000000000));
}

/** 200 and -200, log2(e), the rounder, ln 2 in two parts, the series of eʳ from r¹¹/11! down. Why in memory: see `math.ts`. */
const EXP: usize = memory.data<f64>([
  200, -200, 1.4426950408889634, ROUNDER, 6.93147180369123816490e-1, 1.90821492927058770002e-10,
  1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040, 1.0 / 720, 1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1,
]);

/** The series of 2 artanh f in f², from 2/15 down. */
const LOG: usize = memory.data<f64>([2.0 / 15, 2.0 / 13, 2.0 / 11, 2.0 / 9, 2.0 / 7, 2.0 / 5, 2.0 / 3, 2]);

/** Both lanes of entry `i` of a table. */
@inline
function entry(table: usize, i: usize): v128 {
  return v128.load64_splat(table + (i << 3));
}

@inline
function step(p: v128, x: v128, table: usize, i: usize): v128 {
  return f64x2.add(f64x2.mul(p, x), entry(table, i));
}

/** $e^x$ to about 10⁻¹⁴, clamped where a float32 result is 0 or infinite anyway. */
@inline
export function exp(x: v128): v128 {
  x = f64x2.pmax(f64x2.pmin(x, entry(EXP, 0)), entry(EXP, 1));
  const rounder = entry(EXP, 3);
  const t = f64x2.add(f64x2.mul(x, entry(EXP, 2)), rounder);
  const n = f64x2.sub(t, rounder);
  let r = f64x2.sub(x, f64x2.mul(n, entry(EXP, 4)));
  r = f64x2.sub(r, f64x2.mul(n, entry(EXP, 5)));
  let p = step(entry(EXP, 6), r, EXP, 7);
  p = step(p, r, EXP, 8);
  p = step(p, r, EXP, 9);
  p = step(p, r, EXP, 10);
  p = step(p, r, EXP, 11);
  p = step(p, r, EXP, 12);
  p = step(p, r, EXP, 13);
  p = step(p, r, EXP, 14);
  p = step(p, r, EXP, 15);
  p = step(p, r, EXP, 16);
  p = step(p, r, EXP, 16);
  return i64x2.add(p, i64x2.shl(t, 52));
}

/** $\ln x$ to about 10⁻¹²: $2 \operatorname{artanh} f$, $f = (m - 1) / (m + 1)$. x is 0 or normal, as every float32 is here. */
@inline
export function log(x: v128): v128 {
  // An arithmetic shift of 64-bit lanes is slow: shift 1024 binades higher, where nothing is negative.
  const shifted = i64x2.sub(x, i64x2.splat(0x3fe6a09e667f3bcd - 0x4000000000000000));
  const biased = i64x2.shr_u(shifted, 52);
  const m = i64x2.sub(x, i64x2.sub(i64x2.shl(biased, 52), i64x2.splat(0x4000000000000000)));
  const e = f64x2.sub(i64x2.add(biased, entry(EXP, 3)), f64x2.splat(ROUNDER + 1024));
  const one = entry(EXP, 16);
  const f = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const s = f64x2.mul(f, f);
  let p = step(entry(LOG, 0), s, LOG, 1);
  p = step(p, s, LOG, 2);
  p = step(p, s, LOG, 3);
  p = step(p, s, LOG, 4);
  p = step(p, s, LOG, 5);
  p = step(p, s, LOG, 6);
  p = step(p, s, LOG, 7);
  const y = f64x2.add(f64x2.mul(p, f), f64x2.mul(e, f64x2.splat(0.6931471805599453)));
  // Infinity and NaN are themselves; 0 is -∞ and what is below it NaN: the root of a negative number, the 0 of zero minus ∞.
  const zero = f64x2.splat(0);
  const infinity = f64x2.splat(f64.POSITIVE_INFINITY);
  const edge = v128.bitselect(f64x2.sub(f64x2.sqrt(x), infinity), x, f64x2.le(x, zero));
  return v128.bitselect(y, edge, v128.and(f64x2.gt(x, zero), f64x2.lt(x, infinity)));
}

@inline
function square(x: v128): v128 {
  return f64x2.mul(x, x);
}

@inline
export function expm1(x: v128): v128 {
  const near = f64x2.add(x, f64x2.mul(square(x), f64x2.splat(0.5)));
  return series(near, f64x2.sub(exp(x), f64x2.splat(1)), x);
}

@inline
export function sinh(x: v128): v128 {
  const e = exp(x);
  const far = f64x2.mul(f64x2.sub(e, f64x2.div(f64x2.splat(1), e)), f64x2.splat(0.5));
  return series(cubic(x, 1.0 / 6), far, x);
}

@inline
export function cosh(x: v128): v128 {
  const e = exp(x);
  return f64x2.mul(f64x2.add(e, f64x2.div(f64x2.splat(1), e)), f64x2.splat(0.5));
}

@inline
export function asinh(x: v128): v128 {
  const z = f64x2.abs(x);
  const far = log(f64x2.add(z, f64x2.sqrt(f64x2.add(square(z), f64x2.splat(1)))));
  return series(cubic(x, -1.0 / 6), withSign(far, x), x);
}

@inline
export function acosh(x: v128): v128 {
  const one = f64x2.splat(1);
  const y = log(f64x2.add(x, f64x2.sqrt(f64x2.sub(square(x), one))));
  return v128.bitselect(f64x2.splat(f64.NaN), y, f64x2.lt(x, one));
}

@inline
export function atanh(x: v128): v128 {
  const one = f64x2.splat(1);
  const far = f64x2.mul(log(f64x2.div(f64x2.add(one, x), f64x2.sub(one, x))), f64x2.splat(0.5));
  return series(cubic(x, 1.0 / 3), far, x);
}

/** $x + c x^3$. */
@inline
function cubic(x: v128, c: f64): v128 {
  return f64x2.add(x, f64x2.mul(f64x2.mul(square(x), x), f64x2.splat(c)));
}

/** IEEE 754 `pow` of two lanes: $e^{y \ln |x|}$ with the sign of an odd power, and 1 for a base of 1 or an exponent of 0. */
@inline
export function pow(x: v128, y: v128): v128 {
  const one = f64x2.splat(1);
  const zero = f64x2.splat(0);
  const infinity = f64x2.splat(f64.POSITIVE_INFINITY);
  const magnitude = f64x2.abs(x);
  let power = exp(f64x2.mul(y, log(magnitude)));
  const halfway = f64x2.mul(y, f64x2.splat(0.5));
  const isWhole = f64x2.eq(f64x2.trunc(y), y);
  const isOdd = v128.andnot(isWhole, f64x2.eq(f64x2.trunc(halfway), halfway));
  const isInvalid = v128.andnot(v128.and(f64x2.lt(x, zero), f64x2.lt(magnitude, infinity)), isWhole);
  power = v128.bitselect(f64x2.splat(f64.NaN), power, isInvalid);
  power = v128.bitselect(one, power, f64x2.eq(y, zero));
  power = v128.bitselect(one, power, f64x2.eq(x, one));
  power = v128.bitselect(one, power, v128.and(f64x2.eq(magnitude, one), f64x2.eq(f64x2.abs(y), infinity)));
  const signBit = i64x2.splat(0x8000000000000000);
  return v128.xor(power, v128.and(v128.and(x, signBit), isOdd));
}

@inline
export function lowLanes(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

@inline
export function highLanes(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(x, x, 2, 3, 2, 3));
}

/** Rounds two pairs of doubles to four floats. */
@inline
export function narrow(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}
