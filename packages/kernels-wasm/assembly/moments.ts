import { madd } from './common';
import { firstLanes, widen } from './tails';

/** Vectors that are summed in single precision before the sum joins a double: fixed, so the bits are too. */
export const BLOCK: i32 = 64;

/** $1 / \sqrt{\sigma^2 + \varepsilon}$. */
@inline
export function inverseStd(variance: f32, eps: f32): f32 {
  return <f32>(1 / Math.sqrt(<f64>variance + <f64>eps));
}

/** The sum of `n` floats. */
export function rowSum(x: usize, n: i32): f64 {
  let total: f64 = 0;
  for (let left = n >> 2; left > 0; left -= BLOCK) {
    const end = x + (<usize>min(left, BLOCK) << 4);
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (; x + 64 <= end; x += 64) {
      a = f32x4.add(a, v128.load(x));
      b = f32x4.add(b, v128.load(x, 16));
      c = f32x4.add(c, v128.load(x, 32));
      d = f32x4.add(d, v128.load(x, 48));
    }
    for (; x < end; x += 16) a = f32x4.add(a, v128.load(x));
    total = widen(total, sum4(a, b, c, d));
  }
  return n & 3 ? widen(total, v128.and(v128.load(x), firstLanes(n & 3))) : total;
}

/** The sum of $(x - c)^2$ over `n` floats. */
export function rowSquares(x: usize, n: i32, center: v128): f64 {
  let total: f64 = 0;
  for (let left = n >> 2; left > 0; left -= BLOCK) {
    const end = x + (<usize>min(left, BLOCK) << 4);
    let a = f32x4.splat(0), b = a, c = a, d = a;
    for (; x + 64 <= end; x += 64) {
      a = addSquare(a, x, center);
      b = addSquare(b, x + 16, center);
      c = addSquare(c, x + 32, center);
      d = addSquare(d, x + 48, center);
    }
    for (; x < end; x += 16) a = addSquare(a, x, center);
    total = widen(total, sum4(a, b, c, d));
  }
  return n & 3 ? widen(total, v128.and(addSquare(f32x4.splat(0), x, center), firstLanes(n & 3))) : total;
}

@inline
function addSquare(sum: v128, x: usize, center: v128): v128 {
  const deviation = f32x4.sub(v128.load(x), center);
  return madd(deviation, deviation, sum);
}

/** $\sum g (x - c)$ over `n` floats, with $g = w\,\mathrm dy$ where there are weights. */
@inline
export function rowProducts(x: usize, dy: usize, weight: usize, n: i32, center: v128, isWeighted: bool): f64 {
  let total: f64 = 0;
  let at: usize = 0;
  for (let left = n >> 2; left > 0; left -= BLOCK) {
    const end = at + (<usize>min(left, BLOCK) << 4);
    let a = f32x4.splat(0), b = a;
    for (; at + 32 <= end; at += 32) {
      a = addProduct(a, x + at, dy + at, weight + at, center, isWeighted);
      b = addProduct(b, x + at + 16, dy + at + 16, weight + at + 16, center, isWeighted);
    }
    if (at < end) {
      a = addProduct(a, x + at, dy + at, weight + at, center, isWeighted);
      at += 16;
    }
    total = widen(total, f32x4.add(a, b));
  }
  if (!(n & 3)) return total;
  const rest = addProduct(f32x4.splat(0), x + at, dy + at, weight + at, center, isWeighted);
  return widen(total, v128.and(rest, firstLanes(n & 3)));
}

@inline
function addProduct(sum: v128, x: usize, dy: usize, weight: usize, center: v128, isWeighted: bool): v128 {
  const g = isWeighted ? f32x4.mul(v128.load(dy), v128.load(weight)) : v128.load(dy);
  return madd(g, f32x4.sub(v128.load(x), center), sum);
}

/** $\sum w\,\mathrm dy$ over `n` floats. */
@inline
export function rowDot(dy: usize, weight: usize, n: i32): f64 {
  let total: f64 = 0;
  let at: usize = 0;
  for (let left = n >> 2; left > 0; left -= BLOCK) {
    const end = at + (<usize>min(left, BLOCK) << 4);
    let a = f32x4.splat(0), b = a;
    for (; at + 32 <= end; at += 32) {
      a = madd(v128.load(dy + at), v128.load(weight + at), a);
      b = madd(v128.load(dy + at, 16), v128.load(weight + at, 16), b);
    }
    if (at < end) {
      a = madd(v128.load(dy + at), v128.load(weight + at), a);
      at += 16;
    }
    total = widen(total, f32x4.add(a, b));
  }
  if (!(n & 3)) return total;
  return widen(total, v128.and(f32x4.mul(v128.load(dy + at), v128.load(weight + at)), firstLanes(n & 3)));
}

@inline
function sum4(a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.add(f32x4.add(a, b), f32x4.add(c, d));
}
