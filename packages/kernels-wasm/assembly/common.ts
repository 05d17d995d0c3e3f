/** `bytes`, up to the next whole cache line. */
@inline
export function align(bytes: usize): usize {
  return (bytes + 63) & ~63;
}

/** $a b + c$ in four lanes: one rounding in the relaxed variant, two in the plain one. */
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(c, f32x4.mul(a, b));
}

/** Stores the first `count` lanes (1 to 3) of `value`. */
@inline
export function storeLanes(out: usize, value: v128, count: i32): void {
  v128.store_lane<f32>(out, value, 0);
  if (count > 1) v128.store_lane<f32>(out, value, 1, 4);
  if (count > 2) v128.store_lane<f32>(out, value, 2, 8);
}

/** The sum of four lanes, always in the same order. */
@inline
export function sumLanes(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}
