import { storeLanes } from './common';

/** Four lanes of ones, then four of zeros. */
const MASKS: usize = memory.data<i32>([-1, -1, -1, -1, 0, 0, 0, 0]);

/** All bits of the first `count` lanes (0 to 4). */
@inline
export function firstLanes(count: i32): v128 {
  return v128.load(MASKS + (<usize>(4 - count) << 2));
}

/** The greatest of four lanes; NaN wins. */
@inline
export function maxLanes(v: v128): v128 {
  v = f32x4.max(v, v128.shuffle<f32>(v, v, 2, 3, 0, 1));
  return f32x4.max(v, v128.shuffle<f32>(v, v, 1, 0, 3, 2));
}

/** Adds four floats to two pairs of doubles, which come as the sum of the low and the high one. */
@inline
export function widen(total: f64, v: v128): f64 {
  const pairs = f64x2.add(f64x2.promote_low_f32x4(v), f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)));
  return total + (f64x2.extract_lane(pairs, 0) + f64x2.extract_lane(pairs, 1));
}

/** Stores four lanes, or the `left` that there are. */
@inline
export function put(out: usize, v: v128, left: i32): void {
  if (left >= 4) v128.store(out, v);
  else storeLanes(out, v, left);
}

/**
 * As {@link put}; a caller that knows all rows to be whole vectors says so as a constant, and the compiler keeps its loop in registers.
 */
@inline
export function putIn(out: usize, v: v128, left: i32, isWhole: bool): void {
  if (isWhole) v128.store(out, v);
  else put(out, v, left);
}
