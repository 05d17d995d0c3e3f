import { Unary } from './codes';

/** Adding it to a small double leaves it, rounded to an integer, in the low bits: 1.5 · 2⁵². */
const ROUNDER: f64 = 6755399441055744;

/** Up to 2²⁸ quarter turns their number times the first 25 bits of π/2 is exact. */
const EXACT: f64 = 4.2e8;

/** The bits of 4/π, each word one byte further on. */
const FOUR_OVER_PI: usize = memory.data<u32>([
  0xa2, 0xa2f9, 0xa2f983, 0xa2f9836e, 0xf9836e4e, 0x836e4e44, 0x6e4e4415, 0x4e441529,
  0x441529fc, 0x1529fc27, 0x29fc2757, 0xfc2757d1, 0x2757d1f5, 0x57d1f534, 0xd1f534dd, 0xf534ddc0,
  0x34ddc0db, 0xddc0db62, 0xc0db6295, 0xdb629599, 0x6295993c, 0x95993c43, 0x993c4390, 0x3c439041,
]);

/** The turns that {@link reduceLarge} took out of its last argument, in quarters. */
let quarters: i64 = 0;

/**
 * Sine, cosine and tangent of float32, two lanes at a time in double precision: $x = n \pi / 2 + r$, $|r| \le \pi / 4$, then the
 * polynomials of FreeBSD's `k_sinf.c` and `k_cosf.c`.
 */
export function trigonometry(fn: i32, x: usize, out: usize, n: i32): void {
  for (const end = x + (<usize>n << 2); x < end; x += 8, out += 8) {
    const v = f64x2.promote_low_f32x4(v128.load64_zero(x));
    let turns = f64x2.add(f64x2.mul(v, f64x2.splat(0.6366197723675814)), f64x2.splat(ROUNDER));
    const whole = f64x2.sub(turns, f64x2.splat(ROUNDER));
    let r = f64x2.sub(v, f64x2.mul(whole, f64x2.splat(1.57079631090164184570)));
    r = f64x2.sub(r, f64x2.mul(whole, f64x2.splat(1.58932547735281966916e-8)));
    const isLarge = f64x2.gt(f64x2.abs(v), f64x2.splat(EXACT));
    if (i64x2.extract_lane(isLarge, 0)) {
      r = f64x2.replace_lane(r, 0, reduceLarge(load<f32>(x)));
      turns = i64x2.replace_lane(turns, 0, quarters);
    }
    if (i64x2.extract_lane(isLarge, 1)) {
      r = f64x2.replace_lane(r, 1, reduceLarge(load<f32>(x, 4)));
      turns = i64x2.replace_lane(turns, 1, quarters);
    }
    v128.store64_lane(out, f32x4.demote_f64x2_zero(evaluate(fn, r, turns)), 0);
  }
}

@inline
function evaluate(fn: i32, r: v128, turns: v128): v128 {
  const z = f64x2.mul(r, r);
  let sine = f64x2.add(f64x2.mul(z, f64x2.splat(0.0000027183114939898219064)), f64x2.splat(-0.000198393348360966317347));
  sine = f64x2.add(f64x2.mul(z, sine), f64x2.splat(0.0083333293858894631756));
  sine = f64x2.add(f64x2.mul(z, sine), f64x2.splat(-0.166666666416265235595));
  sine = f64x2.add(f64x2.mul(f64x2.mul(z, r), sine), r);
  let cosine = f64x2.add(f64x2.mul(z, f64x2.splat(0.0000243904487962774090654)), f64x2.splat(-0.00138867637746099294692));
  cosine = f64x2.add(f64x2.mul(z, cosine), f64x2.splat(0.0416666233237390631894));
  cosine = f64x2.add(f64x2.mul(z, cosine), f64x2.splat(-0.499999997251031003120));
  cosine = f64x2.add(f64x2.mul(z, cosine), f64x2.splat(1));
  if (fn == Unary.cos) turns = i64x2.add(turns, i64x2.splat(1));
  const isOdd = i64x2.eq(v128.and(turns, i64x2.splat(1)), i64x2.splat(1));
  const main = v128.bitselect(cosine, sine, isOdd);
  if (fn == Unary.tan) {
    return f64x2.div(main, v128.bitselect(f64x2.neg(sine), cosine, isOdd));
  }
  return v128.xor(main, i64x2.shl(i64x2.shr_u(turns, 1), 63));
}

/** The rest of a large float32 after the nearest number of quarter turns (Payne & Hanek, as in glibc's `sincosf`). */
function reduceLarge(x: f32): f64 {
  const bits = reinterpret<u32>(x);
  if ((bits & 0x7fffffff) >= 0x7f800000) return NaN;
  const words = FOUR_OVER_PI + (<usize>((bits >> 26) & 15) << 2);
  const mantissa = ((bits & 0xffffff) | 0x800000) << ((bits >> 23) & 7);
  const high = <u64>(mantissa * load<u32>(words)) << 32;
  const middle = <u64>mantissa * load<u32>(words, 16);
  const low = <u64>mantissa * load<u32>(words, 32);
  let product = (high | (low >> 32)) + middle;
  const nearest = (product + (1 << 61)) >> 62;
  product -= nearest << 62;
  const rest = <f64>(<i64>product) * 3.406121580086554e-19;
  quarters = <i32>bits < 0 ? 0 - nearest : nearest;
  return <i32>bits < 0 ? -rest : rest;
}
