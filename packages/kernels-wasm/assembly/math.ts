import { madd } from './common';

/**
 * Functions of float32, four lanes at a time. Their constants lie in memory, one load each: the compilers of today build a
 * constant that is written into the code anew in every turn of a loop, which takes three instructions.
 */

/**
 * Clamps, log2(e), the rounder 1.5 · 2²³, -ln 2 in two parts, a minimax polynomial of (eʳ - 1 - r) / r², 1; the rounder and 151, 2⁻²⁴,
 * -0.
 */
const EXP: usize = memory.data<f32>([
  104, -104, 1.44269504, 12582912, -0.693359375, 2.12194440e-4,
  1.38145993e-3, 8.36871658e-3, 4.16683890e-2, 1.66665211e-1, 4.99999937e-1, 1, 12583063, 5.9604644775390625e-8, -0.0,
]);

/** The least normal float, 2²³, 23, -ln 2 in two parts, infinity, the polynomial of Cephes' `logf`. */
const LOG: usize = memory.data<f32>([
  1.17549435e-38, 8388608, 23, 2.12194440e-4, -0.693359375, Infinity,
  7.0376836292e-2, -1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1,
  2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1,
]);

/** The odd polynomial of Cephes' `tanhf`. */
const TANH: usize = memory.data<f32>([
  -5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1,
]);

/** N. Juffa's `erff`: an odd polynomial near 0, an exponent beyond. */
const ERF: usize = memory.data<f32>([
  -5.96761703e-4, 4.99119423e-3, -2.67681349e-2, 1.12819925e-1, -3.76125336e-1, 1.28379166e-1,
]);
const ERF_EXPONENT: usize = memory.data<f32>([
  -1.72853470e-5, 3.83197126e-4, -3.88396438e-3, 2.42546219e-2, -1.06777877e-1, -6.34846687e-1, -1.28717512e-1,
]);

/** Four lanes of entry `i` of a table. */
@inline
function entry(table: usize, i: usize): v128 {
  return v128.load32_splat(table + (i << 2));
}

/** One step of Horner's rule: $p x + c$. */
@inline
function step(p: v128, x: v128, table: usize, i: usize): v128 {
  return madd(p, x, entry(table, i));
}

/** $e^{x - n \ln 2}$, where the rest is at most $\ln 2 / 2$ either way. Halves of the polynomial are worked out side by side. */
@inline
function powerOfRest(x: v128, n: v128): v128 {
  const r = madd(n, entry(EXP, 5), madd(n, entry(EXP, 4), x));
  const square = f32x4.mul(r, r);
  const high = madd(entry(EXP, 6), square, step(entry(EXP, 7), r, EXP, 8));
  return f32x4.add(madd(madd(high, square, step(entry(EXP, 9), r, EXP, 10)), square, r), entry(EXP, 11));
}

/**
 * $e^x$ to 1 ulp, with gradual underflow: $2^n e^r$. The scale is applied in two halves, for no float holds the outermost ones.
 * `pmin` and `pmax` are single instructions and keep NaN.
 */
@inline
export function exp(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, entry(EXP, 0)), entry(EXP, 1));
  const rounder = entry(EXP, 3);
  const t = madd(x, entry(EXP, 2), rounder);
  const p = powerOfRest(x, f32x4.sub(t, rounder));
  // The low bits of t are n; those of the rounder are 0.
  const one = entry(EXP, 11);
  const half = i32x4.shr_s(t, 1);
  const first = i32x4.add(i32x4.shl(half, 23), one);
  const second = i32x4.add(i32x4.shl(i32x4.sub(t, half), 23), one);
  return f32x4.mul(f32x4.mul(p, first), second);
}

/**
 * $2^{24} e^x$ for x ≤ 0, to 0.7 ulp: one scale will do, which is never subnormal. Where e^x rounds to 0 so does the product of
 * this and $2^{-24}$.
 */
@inline
export function decay24(x: v128): v128 {
  x = f32x4.pmax(x, entry(EXP, 1));
  const rounder = entry(EXP, 12);
  const t = madd(x, entry(EXP, 2), rounder);
  const p = powerOfRest(x, f32x4.sub(t, rounder));
  // The low bits of t are n + 24 and the bias of an exponent.
  return f32x4.mul(p, i32x4.shl(t, 23));
}

/** As {@link exp}, of x ≤ 0. */
@inline
export function decay(x: v128): v128 {
  return f32x4.mul(decay24(x), entry(EXP, 13));
}

/** $-|x|$. */
@inline
function below(x: v128): v128 {
  return v128.or(x, entry(EXP, 14));
}

/** $\ln x$ to 1 ulp: $x = 2^e m$, $m \in [\sqrt{1/2}, \sqrt 2)$. */
@inline
export function log(x: v128): v128 {
  const zero = f32x4.splat(0);
  const infinity = entry(LOG, 5);
  const isTiny = f32x4.lt(x, entry(LOG, 0));
  const scaled = v128.bitselect(f32x4.mul(x, entry(LOG, 1)), x, isTiny);
  const exponent = i32x4.shr_s(i32x4.sub(scaled, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(scaled, i32x4.shl(exponent, 23)), entry(EXP, 11));
  const e = f32x4.sub(f32x4.convert_i32x4_s(exponent), v128.and(isTiny, entry(LOG, 2)));
  const z = f32x4.mul(f, f);
  let p = step(entry(LOG, 6), f, LOG, 7);
  p = step(p, f, LOG, 8);
  p = step(p, f, LOG, 9);
  p = step(p, f, LOG, 10);
  p = step(p, f, LOG, 11);
  p = step(p, f, LOG, 12);
  p = step(p, f, LOG, 13);
  p = step(p, f, LOG, 14);
  let y = f32x4.mul(f32x4.mul(p, f), z);
  y = f32x4.sub(y, f32x4.mul(e, entry(LOG, 3)));
  y = madd(z, f32x4.splat(-0.5), y);
  y = f32x4.sub(f32x4.add(f, y), f32x4.mul(e, entry(LOG, 4)));
  // Infinity and NaN are themselves; 0 is -∞ and what is below it NaN: the root of a negative number, the 0 of zero minus ∞.
  const edge = v128.bitselect(f32x4.sub(f32x4.sqrt(x), infinity), x, f32x4.le(x, zero));
  return v128.bitselect(y, edge, v128.and(f32x4.gt(x, zero), f32x4.lt(x, infinity)));
}

/** $\ln(1 + x)$ to 2 ulp: the logarithm of the rounded sum, and what the rounding lost. */
@inline
export function log1p(x: v128): v128 {
  const one = entry(EXP, 11);
  const sum = f32x4.add(one, x);
  const lost = f32x4.div(f32x4.sub(x, f32x4.sub(sum, one)), sum);
  const isOrdinary = v128.and(f32x4.gt(sum, f32x4.splat(0)), f32x4.lt(sum, entry(LOG, 5)));
  return f32x4.add(log(sum), v128.and(lost, isOrdinary));
}

@inline
function withSign(magnitude: v128, x: v128): v128 {
  return v128.bitselect(x, magnitude, i32x4.splat(0x80000000));
}

/** $\tanh x$ to 2 ulp: an odd polynomial up to 0.625, $(1 - e^{-2x}) / (1 + e^{-2x})$ beyond. */
@inline
export function tanh(x: v128): v128 {
  const z = f32x4.abs(x);
  const s = f32x4.mul(x, x);
  const one = entry(EXP, 11);
  let p = step(entry(TANH, 0), s, TANH, 1);
  p = step(p, s, TANH, 2);
  p = step(p, s, TANH, 3);
  p = step(p, s, TANH, 4);
  p = madd(f32x4.mul(p, s), x, x);
  const e = decay(below(f32x4.add(x, x)));
  const far = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  return v128.bitselect(withSign(far, x), p, f32x4.ge(z, f32x4.splat(0.625)));
}

/** $1 / (1 + e^{-x})$, in $e = e^{-|x|}$ so that neither tail overflows: $e / (1 + e)$ below 0. */
@inline
export function sigmoid(x: v128): v128 {
  const e = decay(below(x));
  const one = entry(EXP, 11);
  const isUpper = f32x4.ge(x, f32x4.splat(0));
  return f32x4.div(f32x4.pmax(e, v128.and(one, isUpper)), f32x4.add(one, e));
}

/** $\ln(1 + e^x) = \max(x, 0) + \ln(1 + e^{-|x|})$. */
@inline
export function softplus(x: v128): v128 {
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), log1p(decay(below(x))));
}

/** $\operatorname{erf} x$ to 2 ulp: an odd polynomial up to 475/512, $1 - e^{-q(|x|)}$ beyond. */
@inline
export function erf(x: v128): v128 {
  const z = f32x4.abs(x);
  const s = f32x4.mul(x, x);
  let q = step(entry(ERF_EXPONENT, 0), z, ERF_EXPONENT, 1);
  q = madd(q, s, step(entry(ERF_EXPONENT, 2), z, ERF_EXPONENT, 3));
  q = step(q, z, ERF_EXPONENT, 4);
  q = step(q, z, ERF_EXPONENT, 5);
  q = step(q, z, ERF_EXPONENT, 6);
  q = f32x4.sub(f32x4.mul(q, z), z);
  // Past 4 the result is 1 and the polynomial, of even degree, turns back: hold it down.
  q = v128.bitselect(entry(EXP, 1), q, f32x4.gt(z, f32x4.splat(4)));
  const far = f32x4.sub(entry(EXP, 11), decay(q));
  let p = step(entry(ERF, 0), s, ERF, 1);
  p = step(p, s, ERF, 2);
  p = step(p, s, ERF, 3);
  p = step(p, s, ERF, 4);
  p = step(p, s, ERF, 5);
  p = madd(p, x, x);
  return v128.bitselect(withSign(far, x), p, f32x4.gt(z, f32x4.splat(0.927734375)));
}

/** -1, 0 or 1, and x itself where it is ±0 or NaN. */
@inline
export function sign(x: v128): v128 {
  return v128.bitselect(withSign(f32x4.splat(1), x), x, f32x4.gt(f32x4.abs(x), f32x4.splat(0)));
}

/** `andnot` with `x <= 0` keeps NaN and makes -0 a 0. */
@inline
export function relu(x: v128): v128 {
  return v128.andnot(x, f32x4.le(x, f32x4.splat(0)));
}
