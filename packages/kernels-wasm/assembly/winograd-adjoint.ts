import { madd } from './common';
import { PLACE_BYTES, PLACE_TARGET } from './winograd-transforms';

/**
 * What F(4 × 4, 3 × 3) makes of a weight gradient: $\partial g = G^\top [\sum (A\, \partial Y A^\top) \odot (B^\top d B)] G$, the adjoint of
 * the forward pass in the kernel. Each works on four channels at once, one a lane.
 */

/** 4, 2, 8, then 1/4, -1/6, 1/24, 1/12, 1/6. */
const FACTORS: usize = memory.data<f32>([4, 2, 8, 0.25, -0.16666667, 0.041666668, 0.083333336, 0.16666667]);

@inline
function factor(i: usize): v128 {
  return v128.load32_splat(FACTORS + (i << 2));
}

/** $A y$ of four vectors, written `step` bytes apart. */
@inline
function transformOutput(y0: v128, y1: v128, y2: v128, y3: v128, to: usize, step: usize): void {
  v128.store(to, y0);
  const a = f32x4.add(y0, y2), b = f32x4.add(y1, y3);
  v128.store(to + step, f32x4.add(a, b));
  v128.store(to + step * 2, f32x4.sub(a, b));
  const e = madd(factor(0), y2, y0), f = madd(factor(2), y3, f32x4.mul(factor(1), y1));
  v128.store(to + step * 3, f32x4.add(e, f));
  v128.store(to + step * 4, f32x4.sub(e, f));
  v128.store(to + step * 5, y3);
}

/**
 * $A\, \partial Y A^\top$ of `count` tiles at `places` for up to 16 channels from `source` on: component i of tile t and channel c goes to
 * `to + i * component + t * 64 + c * 4`. Of channels past the last, the last one is written again.
 */
export function transformGradTiles(
  to: usize, component: usize, source: usize, channelBytes: usize, channels: i32, pitch: usize, places: usize, count: i32,
  scratch: usize,
): void {
  for (let c = 0; c < channels; c += 4) {
    const last = channels - 1 - c;
    const s1 = <usize>min(1, last) * channelBytes, s2 = <usize>min(2, last) * channelBytes, s3 = <usize>min(3, last) * channelBytes;
    let target = to;
    let at = places;
    for (let t = 0; t < count; t++, at += PLACE_BYTES, target += 64) {
      let from = source + load<usize>(at, PLACE_TARGET);
      for (let row = scratch; row < scratch + 384; row += 96, from += pitch) {
        const v0 = v128.load(from), v1 = v128.load(from + s1), v2 = v128.load(from + s2), v3 = v128.load(from + s3);
        const t0 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
        const t2 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
        transformOutput(
          v128.shuffle<f32>(t0, t2, 0, 1, 4, 5), v128.shuffle<f32>(t0, t2, 2, 3, 6, 7),
          v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), row, 16,
        );
      }
      let column = target;
      for (let q = scratch; q < scratch + 96; q += 16, column += component) {
        transformOutput(v128.load(q), v128.load(q, 96), v128.load(q, 192), v128.load(q, 288), column, component * 6);
      }
    }
    source += channelBytes << 2;
    to += 16;
  }
}

/** $G^\top m$ of six vectors `step` bytes apart, written `toStep` bytes apart. */
@inline
function untransformKernel(m: usize, step: usize, to: usize, toStep: usize): void {
  const m1 = v128.load(m + step), m2 = v128.load(m + step * 2), m3 = v128.load(m + step * 3), m4 = v128.load(m + step * 4);
  const a = f32x4.mul(factor(4), f32x4.add(m1, m2)), e = f32x4.add(m3, m4);
  v128.store(to, madd(factor(3), v128.load(m), madd(factor(5), e, a)));
  v128.store(to + toStep, madd(factor(6), f32x4.sub(m3, m4), f32x4.mul(factor(4), f32x4.sub(m1, m2))));
  v128.store(to + toStep * 2, f32x4.add(madd(factor(7), e, a), v128.load(m + step * 5)));
}

/**
 * $G^\top m\, G$ into `columns` columns of the weights dw `[rows, allColumns, 3, 3]`: component i of row r and column c lies at
 * `from + i * component + c * columnStep + r * 4`.
 */
export function untransformKernels(
  from: usize, component: usize, columnStep: usize, dw: usize, rows: i32, columns: i32,
  allColumns: i32, scratch: usize,
): void {
  const kernels = scratch + 18 * 16;
  const rowBytes = <usize>(allColumns * 9) << 2;
  for (let c = 0; c < columns; c++) {
    let source = from;
    let to = dw;
    for (let r = 0; r < rows; r += 4, source += 16) {
      for (let x: usize = 0; x < 6; x++) untransformKernel(source + x * component, component * 6, scratch + (x << 4), 96);
      for (let y: usize = 0; y < 3; y++) untransformKernel(scratch + y * 96, 16, kernels + y * 48, 16);
      const end = kernels + (<usize>min(4, rows - r) << 2);
      for (let lane = kernels; lane < end; lane += 4, to += rowBytes) {
        for (let tap: usize = 0; tap < 9; tap++) store<f32>(to + (tap << 2), load<f32>(lane + (tap << 4)));
      }
    }
    from += columnStep;
    dw += 36;
  }
}
