import { madd, storeLanes } from './common';

/**
 * The transforms of F(4 × 4, 3 × 3) at the points 0, 1, -1, 2, -2 and infinity: $Y = A^\top [(G g G^\top) \odot (B^\top d B)] A$
 * (Lavin and Gray 2015, section 4.3). Each works on four tiles or kernels at once, one a lane.
 */

/** Components of a tile: its 6 × 6 inputs, transformed. */
export const COMPONENTS: i32 = 36;
/** Pixels of a tile's side in the output, and by how many more it reads. */
export const TILE: i32 = 4;
export const HALO: i32 = 2;
/** Bytes of scratch for each transform: 6 × 6 vectors. */
export const SCRATCH_BYTES: usize = 36 * 16;

/** Where a tile is read from, in bytes from the staged image, where it is written, and how much of it exists: 32-bit words. */
export const PLACE_BYTES: usize = 16;
export const PLACE_TARGET: usize = 4;
export const PLACE_HEIGHT: usize = 8;
export const PLACE_WIDTH: usize = 12;

/** -5, -4, 2, 4, 8, then 1/4, -1/6, 1/24, 1/12, 1/6: constants are loaded, as in `math.ts`. */
const FACTORS: usize = memory.data<f32>([-5, -4, 2, 4, 8, 0.25, -0.16666667, 0.041666668, 0.083333336, 0.16666667]);

@inline
function factor(i: usize): v128 {
  return v128.load32_splat(FACTORS + (i << 2));
}

/** $B^\top d$ of six vectors, written `step` bytes apart. */
@inline
function transformInput(d0: v128, d1: v128, d2: v128, d3: v128, d4: v128, d5: v128, to: usize, step: usize): void {
  v128.store(to, madd(factor(0), d2, madd(factor(3), d0, d4)));
  const a = madd(factor(1), d2, d4), b = madd(factor(1), d1, d3);
  v128.store(to + step, f32x4.add(a, b));
  v128.store(to + step * 2, f32x4.sub(a, b));
  const e = f32x4.sub(d4, d2), f = f32x4.sub(d3, d1);
  const g = f32x4.add(f, f);
  v128.store(to + step * 3, f32x4.add(e, g));
  v128.store(to + step * 4, f32x4.sub(e, g));
  v128.store(to + step * 5, madd(factor(0), d3, madd(factor(3), d1, d5)));
}

/** Six rows of four tiles from `s0`, `s1`, `s2` and `s3` on, transformed along x into `scratch`. */
@inline
function transformRows(s0: usize, s1: usize, s2: usize, s3: usize, pitch: usize, scratch: usize): void {
  for (const end = scratch + SCRATCH_BYTES; scratch < end; scratch += 96) {
    const v0 = v128.load(s0), v1 = v128.load(s1), v2 = v128.load(s2), v3 = v128.load(s3);
    const t0 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
    const u0 = v128.shuffle<f32>(v128.load64_zero(s0, 16), v128.load64_zero(s1, 16), 0, 4, 1, 5);
    const u1 = v128.shuffle<f32>(v128.load64_zero(s2, 16), v128.load64_zero(s3, 16), 0, 4, 1, 5);
    transformInput(
      v128.shuffle<f32>(t0, t2, 0, 1, 4, 5), v128.shuffle<f32>(t0, t2, 2, 3, 6, 7),
      v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), v128.shuffle<f32>(t1, t3, 2, 3, 6, 7),
      v128.shuffle<f32>(u0, u1, 0, 1, 4, 5), v128.shuffle<f32>(u0, u1, 2, 3, 6, 7), scratch, 16,
    );
    s0 += pitch;
    s1 += pitch;
    s2 += pitch;
    s3 += pitch;
  }
}

/**
 * $B^\top d B$ of up to 16 tiles at `places`, in `quads` of four, for every channel: component i of channel c and tile t goes to
 * `to + i * component + c * 64 + t * 4`.
 */
export function transformTiles(
  to: usize, component: usize, source: usize, channelBytes: usize, channels: i32, pitch: usize, places: usize, quads: i32,
  scratch: usize,
): void {
  const end = places + <usize>quads * PLACE_BYTES * 4;
  for (let c = 0; c < channels; c++) {
    let target = to;
    for (let at = places; at < end; at += PLACE_BYTES * 4) {
      transformRows(
        source + load<usize>(at), source + load<usize>(at, PLACE_BYTES), source + load<usize>(at, PLACE_BYTES * 2),
        source + load<usize>(at, PLACE_BYTES * 3), pitch, scratch,
      );
      let column = target;
      for (let q = scratch; q < scratch + 96; q += 16, column += component) {
        transformInput(
          v128.load(q), v128.load(q, 96), v128.load(q, 192), v128.load(q, 288), v128.load(q, 384), v128.load(q, 480),
          column, component * 6,
        );
      }
      target += 16;
    }
    source += channelBytes;
    to += 64;
  }
}

/**
 * $A^\top m A$ of what {@link transformTiles} laid out, now with `rows` output channels, into the images: `planeBytes` a channel and
 * `pitch` a row.
 */
export function untransformTiles(
  from: usize, component: usize, rows: i32, planeBytes: usize, pitch: usize, places: usize, quads: i32, scratch: usize,
): void {
  const end = places + <usize>quads * PLACE_BYTES * 4;
  let plane: usize = 0;
  for (let o = 0; o < rows; o++) {
    let source = from;
    for (let at = places; at < end; at += PLACE_BYTES * 4, source += 16) {
      let column = source;
      for (let q = scratch; q < scratch + 96; q += 16, column += component) untransformColumn(column, component * 6, q);
      const isWhole = load<i32>(at, PLACE_HEIGHT) + load<i32>(at, PLACE_HEIGHT + PLACE_BYTES) +
        load<i32>(at, PLACE_HEIGHT + PLACE_BYTES * 2) + load<i32>(at, PLACE_HEIGHT + PLACE_BYTES * 3) +
        load<i32>(at, PLACE_WIDTH) + load<i32>(at, PLACE_WIDTH + PLACE_BYTES) +
        load<i32>(at, PLACE_WIDTH + PLACE_BYTES * 2) + load<i32>(at, PLACE_WIDTH + PLACE_BYTES * 3) == 8 * TILE;
      if (isWhole) writeWhole(scratch, at, plane, pitch);
      else writeParts(scratch, at, plane, pitch);
    }
    from += 64;
    plane += planeBytes;
  }
}

/** $A^\top m$ of six vectors `step` bytes apart, written 96 bytes apart. */
@inline
function untransformColumn(m: usize, step: usize, to: usize): void {
  const m1 = v128.load(m + step), m2 = v128.load(m + step * 2), m3 = v128.load(m + step * 3), m4 = v128.load(m + step * 4);
  const a = f32x4.add(m1, m2), b = f32x4.sub(m1, m2), e = f32x4.add(m3, m4), f = f32x4.sub(m3, m4);
  v128.store(to, f32x4.add(f32x4.add(v128.load(m), a), e));
  v128.store(to, madd(factor(2), f, b), 96);
  v128.store(to, madd(factor(3), e, a), 192);
  v128.store(to, f32x4.add(madd(factor(4), f, b), v128.load(m + step * 5)), 288);
}

/** One row of four whole tiles, transposed to pixels that follow each other. */
@inline
function writeWhole(scratch: usize, at: usize, plane: usize, pitch: usize): void {
  let y0 = load<usize>(at, PLACE_TARGET) + plane, y1 = load<usize>(at, PLACE_TARGET + PLACE_BYTES) + plane;
  let y2 = load<usize>(at, PLACE_TARGET + PLACE_BYTES * 2) + plane, y3 = load<usize>(at, PLACE_TARGET + PLACE_BYTES * 3) + plane;
  for (let q = scratch; q < scratch + 384; q += 96) {
    const m1 = v128.load(q, 16), m2 = v128.load(q, 32), m3 = v128.load(q, 48), m4 = v128.load(q, 64);
    const a = f32x4.add(m1, m2), b = f32x4.sub(m1, m2), e = f32x4.add(m3, m4), f = f32x4.sub(m3, m4);
    const x0 = f32x4.add(f32x4.add(v128.load(q), a), e), x1 = madd(factor(2), f, b);
    const x2 = madd(factor(3), e, a), x3 = f32x4.add(madd(factor(4), f, b), v128.load(q, 80));
    const t0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(y0, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
    v128.store(y1, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
    v128.store(y2, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
    v128.store(y3, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
    y0 += pitch;
    y1 += pitch;
    y2 += pitch;
    y3 += pitch;
  }
}

/** Four tiles of which the image lacks rows or columns. */
function writeParts(scratch: usize, at: usize, plane: usize, pitch: usize): void {
  for (let q = scratch; q < scratch + 384; q += 96) {
    const m1 = v128.load(q, 16), m2 = v128.load(q, 32), m3 = v128.load(q, 48), m4 = v128.load(q, 64);
    const a = f32x4.add(m1, m2), b = f32x4.sub(m1, m2), e = f32x4.add(m3, m4), f = f32x4.sub(m3, m4);
    const x0 = f32x4.add(f32x4.add(v128.load(q), a), e), x1 = madd(factor(2), f, b);
    const x2 = madd(factor(3), e, a), x3 = f32x4.add(madd(factor(4), f, b), v128.load(q, 80));
    const t0 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(q, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
    v128.store(q, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), 16);
    v128.store(q, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 32);
    v128.store(q, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 48);
  }
  for (let t = 0; t < 4; t++, at += PLACE_BYTES) {
    const height = load<i32>(at, PLACE_HEIGHT);
    const width = load<i32>(at, PLACE_WIDTH);
    let to = load<usize>(at, PLACE_TARGET) + plane;
    let from = scratch + (<usize>t << 4);
    for (let row = 0; row < height; row++) {
      if (width == TILE) v128.store(to, v128.load(from));
      else storeLanes(to, v128.load(from), width);
      from += 96;
      to += pitch;
    }
  }
}

/**
 * $G g G^\top$ of kernels for `rows` outputs and `columns` inputs, which lie `rowStep` and `columnStep` bytes apart in w; `mirror`
 * turns each by half a turn. Component i of row r and column c goes to `to + i * component + r * toRow + c * 4`, in whole
 * vectors.
 */
export function transformKernels(
  to: usize, component: usize, toRow: usize, w: usize, rows: i32, rowStep: usize, columns: i32, columnStep: usize, mirror: bool, scratch: usize,
): void {
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c += 4) {
      const last = columns - 1 - c;
      const w0 = w + <usize>c * columnStep;
      transformKernels4(
        to + (<usize>c << 2), component, w0, w0 + <usize>min(1, last) * columnStep, w0 + <usize>min(2, last) * columnStep,
        w0 + <usize>min(3, last) * columnStep, mirror, scratch,
      );
    }
    to += toRow;
    w += rowStep;
  }
}

@inline
function transformKernels4(
  to: usize, component: usize, w0: usize, w1: usize, w2: usize, w3: usize, mirror: bool, scratch: usize,
): void {
  transposeKernels(scratch, w0, w1, w2, w3);
  const columns = scratch + 9 * 16;
  const first = mirror ? scratch + 128 : scratch;
  const step: usize = mirror ? -16 : 16;
  for (let x: usize = 0; x < 3; x++) {
    const g = first + x * step;
    transformKernel(v128.load(g), v128.load(g + step * 3), v128.load(g + step * 6), columns + (x << 4), 48);
  }
  for (let y: usize = 0; y < 6; y++) {
    const g = columns + y * 48;
    transformKernel(v128.load(g), v128.load(g, 16), v128.load(g, 32), to + y * 6 * component, component);
  }
}

/** The taps of four kernels: `to[tap][kernel]`. */
@inline
function transposeKernels(to: usize, w0: usize, w1: usize, w2: usize, w3: usize): void {
  for (let i: usize = 0; i < 32; i += 16) {
    const v0 = v128.load(w0 + i), v1 = v128.load(w1 + i), v2 = v128.load(w2 + i), v3 = v128.load(w3 + i);
    const t0 = v128.shuffle<f32>(v0, v1, 0, 4, 1, 5), t1 = v128.shuffle<f32>(v0, v1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(v2, v3, 0, 4, 1, 5), t3 = v128.shuffle<f32>(v2, v3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
    v128.store(to, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), 16);
    v128.store(to, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 32);
    v128.store(to, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 48);
    to += 64;
  }
  v128.store(to, f32x4(load<f32>(w0, 32), load<f32>(w1, 32), load<f32>(w2, 32), load<f32>(w3, 32)));
}

/** $G g$ of three vectors, written `step` bytes apart. */
@inline
function transformKernel(a: v128, b: v128, c: v128, to: usize, step: usize): void {
  const ends = f32x4.add(a, c);
  const even = madd(a, factor(7), f32x4.mul(c, factor(9))), odd = f32x4.mul(b, factor(8));
  v128.store(to, f32x4.mul(a, factor(5)));
  v128.store(to + step, f32x4.mul(f32x4.add(ends, b), factor(6)));
  v128.store(to + step * 2, f32x4.mul(f32x4.sub(ends, b), factor(6)));
  v128.store(to + step * 3, f32x4.add(even, odd));
  v128.store(to + step * 4, f32x4.sub(even, odd));
  v128.store(to + step * 5, c);
}
