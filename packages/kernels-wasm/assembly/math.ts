import { madd } from './common';

/** Adding it to a small float leaves that float, rounded to an integer, in the low bits: 1.5 · 2²³. */
const ROUNDER: f32 = 12582912;

/**
 * $e^x$ to 1 ulp, with gradual underflow: $2^n e^r$, $|r| \le \ln 2 / 2$, the polynomial of Cephes' `expf`. The scale is applied
 * in two halves, for no float holds the outermost ones. `pmin` and `pmax` are single instructions and keep NaN.
 */
@inline
export function exp(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, f32x4.splat(104)), f32x4.splat(-104));
  const t = madd(x, f32x4.splat(1.44269504), f32x4.splat(ROUNDER));
  const n = f32x4.sub(t, f32x4.splat(ROUNDER));
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.12194440e-4), r);
  let p = madd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  p = madd(p, r, f32x4.splat(8.3334519073e-3));
  p = madd(p, r, f32x4.splat(4.1665795894e-2));
  p = madd(p, r, f32x4.splat(1.6666665459e-1));
  p = madd(p, r, f32x4.splat(5.0000001201e-1));
  p = f32x4.add(madd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  const power = i32x4.sub(t, f32x4.splat(ROUNDER));
  const half = i32x4.shr_s(power, 1);
  const one = f32x4.splat(1);
  const first = i32x4.add(i32x4.shl(half, 23), one);
  const second = i32x4.add(i32x4.shl(i32x4.sub(power, half), 23), one);
  return f32x4.mul(f32x4.mul(p, first), second);
}

/** $\ln x$ to 1 ulp: $x = 2^e m$, $m \in [\sqrt{1/2}, \sqrt 2)$, the polynomial of Cephes' `logf`. */
@inline
export function log(x: v128): v128 {
  const tiny = f32x4.lt(x, f32x4.splat(1.17549435e-38));
  const scaled = v128.bitselect(f32x4.mul(x, f32x4.splat(8388608)), x, tiny);
  const exponent = i32x4.shr_s(i32x4.sub(scaled, i32x4.splat(0x3f3504f3)), 23);
  const f = f32x4.sub(i32x4.sub(scaled, i32x4.shl(exponent, 23)), f32x4.splat(1));
  const e = f32x4.sub(f32x4.convert_i32x4_s(exponent), v128.and(tiny, f32x4.splat(23)));
  const z = f32x4.mul(f, f);
  let p = madd(f32x4.splat(7.0376836292e-2), f, f32x4.splat(-1.1514610310e-1));
  p = madd(p, f, f32x4.splat(1.1676998740e-1));
  p = madd(p, f, f32x4.splat(-1.2420140846e-1));
  p = madd(p, f, f32x4.splat(1.4249322787e-1));
  p = madd(p, f, f32x4.splat(-1.6668057665e-1));
  p = madd(p, f, f32x4.splat(2.0000714765e-1));
  p = madd(p, f, f32x4.splat(-2.4999993993e-1));
  p = madd(p, f, f32x4.splat(3.3333331174e-1));
  let y = f32x4.mul(f32x4.mul(p, f), z);
  y = madd(e, f32x4.splat(-2.12194440e-4), y);
  y = madd(z, f32x4.splat(-0.5), y);
  y = madd(e, f32x4.splat(0.693359375), f32x4.add(f, y));
  return logEdges(x, y);
}

/** What a logarithm is at 0, below it, at infinity and at NaN. */
@inline
function logEdges(x: v128, y: v128): v128 {
  y = v128.bitselect(f32x4.splat(-f32.POSITIVE_INFINITY), y, f32x4.eq(x, f32x4.splat(0)));
  y = v128.bitselect(f32x4.splat(f32.NaN), y, f32x4.lt(x, f32x4.splat(0)));
  return v128.bitselect(y, x, f32x4.lt(x, f32x4.splat(f32.POSITIVE_INFINITY)));
}

@inline
function withSign(magnitude: v128, x: v128): v128 {
  return v128.bitselect(x, magnitude, i32x4.splat(0x80000000));
}

/** $\tanh x$ to 2 ulp: the odd polynomial of Cephes' `tanhf` up to 0.625, $1 - 2 / (e^{2x} + 1)$ beyond. */
@inline
export function tanh(x: v128): v128 {
  const z = f32x4.abs(x);
  const s = f32x4.mul(x, x);
  let p = madd(f32x4.splat(-5.70498872745e-3), s, f32x4.splat(2.06390887954e-2));
  p = madd(p, s, f32x4.splat(-5.37397155531e-2));
  p = madd(p, s, f32x4.splat(1.33314422036e-1));
  p = madd(p, s, f32x4.splat(-3.33332819422e-1));
  p = madd(f32x4.mul(p, s), x, x);
  const e = exp(f32x4.add(z, z));
  const far = f32x4.sub(f32x4.splat(1), f32x4.div(f32x4.splat(2), f32x4.add(e, f32x4.splat(1))));
  return v128.bitselect(withSign(far, x), p, f32x4.ge(z, f32x4.splat(0.625)));
}

/** $1 / (1 + e^{-x})$, in $e^{-|x|}$ so that neither tail overflows. */
@inline
export function sigmoid(x: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(x)));
  const one = f32x4.splat(1);
  return f32x4.div(v128.bitselect(one, e, f32x4.ge(x, f32x4.splat(0))), f32x4.add(one, e));
}

/**
 * $\operatorname{erf} x$ to 2 ulp: an odd polynomial up to 475/512, $1 - e^{-q(|x|)}$ beyond.
 * Coefficients after N. Juffa's `erff`.
 */
@inline
export function erf(x: v128): v128 {
  const z = f32x4.abs(x);
  const s = f32x4.mul(x, x);
  let q = madd(f32x4.splat(-1.72853470e-5), z, f32x4.splat(3.83197126e-4));
  const u = madd(f32x4.splat(-3.88396438e-3), z, f32x4.splat(2.42546219e-2));
  q = madd(q, s, u);
  q = madd(q, z, f32x4.splat(-1.06777877e-1));
  q = madd(q, z, f32x4.splat(-6.34846687e-1));
  q = madd(q, z, f32x4.splat(-1.28717512e-1));
  q = f32x4.sub(f32x4.mul(q, z), z);
  // Past 4 the result is 1 and the polynomial, of even degree, turns back: hold it down.
  q = v128.bitselect(f32x4.splat(-104), q, f32x4.gt(z, f32x4.splat(4)));
  const far = f32x4.sub(f32x4.splat(1), exp(q));
  let p = madd(f32x4.splat(-5.96761703e-4), s, f32x4.splat(4.99119423e-3));
  p = madd(p, s, f32x4.splat(-2.67681349e-2));
  p = madd(p, s, f32x4.splat(1.12819925e-1));
  p = madd(p, s, f32x4.splat(-3.76125336e-1));
  p = madd(p, s, f32x4.splat(1.28379166e-1));
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
