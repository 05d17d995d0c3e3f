import { madd, storeLanes } from './common';
import { dot } from './gemm';

/** `rows` output channels from one staged input channel: too few products a pixel to pack for. */
export function depthwise(
  source: usize, pitch: usize, weights: usize, offsets: usize, taps: i32, y: usize, rows: i32, outHeight: i32, outWidth: i32,
): void {
  for (let o = 0; o < rows; o++) {
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

/** `sums[tap] += Σ dy · x` over one plane. */
export function depthwiseWeightGrad(
  staged: usize, pitch: usize, dy: usize, offsets: usize, taps: i32, sums: usize, sumRow: usize, outHeight: i32, outWidth: i32,
): void {
  for (let t: usize = 0; t < <usize>taps; t++) {
    const source = staged + load<u32>(offsets + (t << 2));
    let sum: f64 = 0;
    for (let row: usize = 0; row < <usize>outHeight; row++) {
      sum += dot(outWidth, source + row * pitch, dy + (row * <usize>outWidth << 2));
    }
    store<f32>(sums, load<f32>(sums) + <f32>sum);
    sums += sumRow;
  }
}
