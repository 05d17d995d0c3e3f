import { madd, storeLanes, sumLanes } from './common';

/** Depthwise kernels 3 × 3 of stride 1 without dilation: all nine weights, or sums, stay in registers. */

/** Whether nine taps, as `writeTaps` has them, are such a window. */
export function isWindow3x3(offsets: usize, taps: i32, pitch: usize): bool {
  if (taps != 9 || load<u32>(offsets, 4) != 4 || load<u32>(offsets, 8) != 8) return false;
  return load<usize>(offsets, 12) == pitch && load<usize>(offsets, 16) == pitch + 4 && load<usize>(offsets, 24) == pitch * 2;
}

/** One output plane from a staged one. */
export function depthwise3x3(source: usize, pitch: usize, weights: usize, y: usize, height: i32, width: i32): void {
  const w0 = v128.load32_splat(weights), w1 = v128.load32_splat(weights, 4), w2 = v128.load32_splat(weights, 8);
  const w3 = v128.load32_splat(weights, 12), w4 = v128.load32_splat(weights, 16), w5 = v128.load32_splat(weights, 20);
  const w6 = v128.load32_splat(weights, 24), w7 = v128.load32_splat(weights, 28), w8 = v128.load32_splat(weights, 32);
  const rowBytes = <usize>width << 2;
  // The last pair of rows may overlap the one before it; a single row is written last, over its made-up neighbour.
  for (let row = 0; row < height; row += 2) {
    const at = max(0, min(row, height - 2));
    const from = source + <usize>at * pitch;
    const upper = y + <usize>at * rowBytes;
    const lower = height > 1 ? upper + rowBytes : upper;
    for (let x: usize = 0; x < rowBytes; x += 16) {
      const r0 = from + x;
      const r1 = r0 + pitch;
      const r2 = r1 + pitch;
      const r3 = height > 1 ? r2 + pitch : r2;
      let v = v128.load(r1);
      let a = f32x4.mul(w3, v), b = f32x4.mul(w0, v);
      v = v128.load(r2);
      let c = f32x4.mul(w6, v), d = f32x4.mul(w3, v);
      v = v128.load(r1, 4);
      a = madd(w4, v, a);
      b = madd(w1, v, b);
      v = v128.load(r2, 4);
      c = madd(w7, v, c);
      d = madd(w4, v, d);
      v = v128.load(r1, 8);
      a = madd(w5, v, a);
      b = madd(w2, v, b);
      v = v128.load(r2, 8);
      c = f32x4.add(madd(w8, v, c), a);
      d = f32x4.add(madd(w5, v, d), b);
      c = madd(w2, v128.load(r0, 8), madd(w1, v128.load(r0, 4), madd(w0, v128.load(r0), c)));
      d = madd(w8, v128.load(r3, 8), madd(w7, v128.load(r3, 4), madd(w6, v128.load(r3), d)));
      if (x + 16 <= rowBytes) {
        v128.store(lower + x, d);
        v128.store(upper + x, c);
      } else {
        storeLanes(lower + x, d, <i32>(rowBytes - x) >> 2);
        storeLanes(upper + x, c, <i32>(rowBytes - x) >> 2);
      }
    }
  }
}

/** `sums[tap] += Σ dy · x` over one plane. */
export function depthwiseWeightGrad3x3(
  staged: usize, pitch: usize, dy: usize, sums: usize, sumRow: usize, height: i32, width: i32,
): void {
  for (let ky = 0; ky < 3; ky++) {
    addRowGrad(staged, pitch, dy, sums, sumRow, height, width);
    staged += pitch;
    sums += sumRow * 3;
  }
}

/** The sums of one row of taps. */
function addRowGrad(staged: usize, pitch: usize, dy: usize, sums: usize, sumRow: usize, height: i32, width: i32): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0;
  let t0 = s0, t1 = s0, t2 = s0;
  const rowBytes = <usize>width << 2;
  for (let row = 0; row < height; row++) {
    let x: usize = 0;
    for (; x + 32 <= rowBytes; x += 32) {
      const from = staged + x;
      const d = v128.load(dy + x), e = v128.load(dy + x, 16);
      s0 = madd(d, v128.load(from), s0);
      s1 = madd(d, v128.load(from, 4), s1);
      s2 = madd(d, v128.load(from, 8), s2);
      t0 = madd(e, v128.load(from, 16), t0);
      t1 = madd(e, v128.load(from, 20), t1);
      t2 = madd(e, v128.load(from, 24), t2);
    }
    for (; x + 16 <= rowBytes; x += 16) {
      const from = staged + x;
      const d = v128.load(dy + x);
      s0 = madd(d, v128.load(from), s0);
      s1 = madd(d, v128.load(from, 4), s1);
      s2 = madd(d, v128.load(from, 8), s2);
    }
    for (; x < rowBytes; x += 4) {
      const from = staged + x;
      const d = v128.load32_zero(dy + x);
      s0 = madd(d, v128.load32_zero(from), s0);
      s1 = madd(d, v128.load32_zero(from, 4), s1);
      s2 = madd(d, v128.load32_zero(from, 8), s2);
    }
    staged += pitch;
    dy += rowBytes;
  }
  addSum(sums, f32x4.add(s0, t0));
  addSum(sums + sumRow, f32x4.add(s1, t1));
  addSum(sums + sumRow * 2, f32x4.add(s2, t2));
}

@inline
export function addSum(at: usize, sum: v128): void {
  store<f32>(at, load<f32>(at) + sumLanes(sum));
}
