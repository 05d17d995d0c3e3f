import { madd, storeLanes } from './common';
import { addSum, depthwise3x3, depthwiseWeightGrad3x3, isWindow3x3 } from './depthwise-3x3';

/** `rows` output channels from one staged input channel: too few products a pixel to pack for. */
export function depthwise(
  source: usize, pitch: usize, weights: usize, offsets: usize, taps: i32, y: usize, rows: i32, outHeight: i32, outWidth: i32,
): void {
  const isSmall = isWindow3x3(offsets, taps, pitch);
  for (let o = 0; o < rows; o++) {
    if (isSmall) {
      depthwise3x3(source, pitch, weights, y, outHeight, outWidth);
      y += <usize>(outHeight * outWidth) << 2;
      weights += 36;
      continue;
    }
    for (let row = 0; row < outHeight; row++) {
      depthwiseRow(source + <usize>row * pitch, weights, offsets, taps, y, outWidth);
      y += <usize>outWidth << 2;
    }
    weights += <usize>taps << 2;
  }
}

function depthwiseRow(source: usize, weights: usize, offsets: usize, taps: i32, y: usize, width: i32): void {
  const end = <usize>taps << 2;
  let x = 0;
  for (; x + 16 <= width; x += 16) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    for (let t: usize = 0; t < end; t += 4) {
      const from = source + load<u32>(offsets + t);
      const weight = v128.load32_splat(weights + t);
      s0 = madd(weight, v128.load(from), s0);
      s1 = madd(weight, v128.load(from, 16), s1);
      s2 = madd(weight, v128.load(from, 32), s2);
      s3 = madd(weight, v128.load(from, 48), s3);
    }
    v128.store(y, s0);
    v128.store(y, s1, 16);
    v128.store(y, s2, 32);
    v128.store(y, s3, 48);
    source += 64;
    y += 64;
  }
  for (; x < width; x += 4) {
    let sum = f32x4.splat(0);
    for (let t: usize = 0; t < end; t += 4) {
      sum = madd(v128.load32_splat(weights + t), v128.load(source + load<u32>(offsets + t)), sum);
    }
    if (x + 4 <= width) v128.store(y, sum);
    else storeLanes(y, sum, width - x);
    source += 16;
    y += 16;
  }
}

/** `sums[tap] += Σ dy · x` over one plane, four taps at a time. */
export function depthwiseWeightGrad(
  staged: usize, pitch: usize, dy: usize, offsets: usize, taps: i32, sums: usize, sumRow: usize, outHeight: i32, outWidth: i32,
): void {
  if (isWindow3x3(offsets, taps, pitch)) {
    depthwiseWeightGrad3x3(staged, pitch, dy, sums, sumRow, outHeight, outWidth);
    return;
  }
  for (let t = 0; t < taps; t += 4) {
    const at = offsets + (<usize>t << 2);
    const last = taps - 1 - t;
    let a0 = staged + load<usize>(at);
    let a1 = staged + load<usize>(at + (<usize>min(1, last) << 2));
    let a2 = staged + load<usize>(at + (<usize>min(2, last) << 2));
    let a3 = staged + load<usize>(at + (<usize>min(3, last) << 2));
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    let from = dy;
    for (let row = 0; row < outHeight; row++) {
      const bytes = <usize>outWidth << 2;
      let x: usize = 0;
      for (; x + 16 <= bytes; x += 16) {
        const d = v128.load(from + x);
        s0 = madd(d, v128.load(a0 + x), s0);
        s1 = madd(d, v128.load(a1 + x), s1);
        s2 = madd(d, v128.load(a2 + x), s2);
        s3 = madd(d, v128.load(a3 + x), s3);
      }
      for (; x < bytes; x += 4) {
        const d = v128.load32_zero(from + x);
        s0 = madd(d, v128.load32_zero(a0 + x), s0);
        s1 = madd(d, v128.load32_zero(a1 + x), s1);
        s2 = madd(d, v128.load32_zero(a2 + x), s2);
        s3 = madd(d, v128.load32_zero(a3 + x), s3);
      }
      a0 += pitch;
      a1 += pitch;
      a2 += pitch;
      a3 += pitch;
      from += bytes;
    }
    addSum(sums, s0);
    if (last > 0) addSum(sums + sumRow, s1);
    if (last > 1) addSum(sums + sumRow * 2, s2);
    if (last > 2) addSum(sums + sumRow * 3, s3);
    sums += sumRow << 2;
  }
}
