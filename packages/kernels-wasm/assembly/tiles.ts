import { madd } from './common';

/** Columns of a tile: the width of a packed panel of B. */
export const NR: i32 = 16;

/** Bytes of one packed row of a panel. */
export const PANEL_ROW: usize = 64;

/**
 * The register tiles of every dense product. Node 20's compiler keeps a tile in registers only while
 * rows + columns / 4 + rows * columns / 4 <= 15 and the loop is not unrolled, hence 2 x 16 and 4 x 8.
 *
 * A tile sums over `outer` runs of `inner` steps. In a step each pointer into A moves `aStep` bytes and the one into B moves
 * `bStep`; after a run, A moves another `aSkip`, so that rows of an image can be read in place.
 * With `accumulate`, the sums are added to what C holds.
 */
export function tile2x16(
  outer: i32, inner: i32, a0: usize, a1: usize, aStep: usize, aSkip: usize,
  b: usize, bStep: usize, c: usize, cStride: usize, accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c02 = c00, c03 = c00;
  let c10 = c00, c11 = c00, c12 = c00, c13 = c00;
  do {
    let k = inner;
    do {
      const x = v128.load32_splat(a0), y = v128.load32_splat(a1);
      let next = v128.load(b);
      c00 = madd(x, next, c00);
      c10 = madd(y, next, c10);
      next = v128.load(b, 16);
      c01 = madd(x, next, c01);
      c11 = madd(y, next, c11);
      next = v128.load(b, 32);
      c02 = madd(x, next, c02);
      c12 = madd(y, next, c12);
      next = v128.load(b, 48);
      c03 = madd(x, next, c03);
      c13 = madd(y, next, c13);
      a0 += aStep;
      a1 += aStep;
      b += bStep;
    } while (--k);
    a0 += aSkip;
    a1 += aSkip;
  } while (--outer);
  store16(c, c00, c01, c02, c03, accumulate);
  store16(c + cStride, c10, c11, c12, c13, accumulate);
}

/** One row of {@link tile2x16}: what is left of an odd number of rows. */
export function tile1x16(
  outer: i32, inner: i32, a: usize, aStep: usize, aSkip: usize, b: usize, bStep: usize, c: usize, accumulate: bool,
): void {
  let c0 = f32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  do {
    let k = inner;
    do {
      const x = v128.load32_splat(a);
      c0 = madd(x, v128.load(b), c0);
      c1 = madd(x, v128.load(b, 16), c1);
      c2 = madd(x, v128.load(b, 32), c2);
      c3 = madd(x, v128.load(b, 48), c3);
      a += aStep;
      b += bStep;
    } while (--k);
    a += aSkip;
  } while (--outer);
  store16(c, c0, c1, c2, c3, accumulate);
}

/** Four rows against the left half of a panel: for the last 8 columns or fewer. The left half of C's rows is written. */
export function tile4x8(
  outer: i32, inner: i32, a0: usize, a1: usize, a2: usize, a3: usize, aStep: usize, aSkip: usize,
  b: usize, bStep: usize, c: usize, cStride: usize, accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  do {
    let k = inner;
    do {
      const b0 = v128.load(b), b1 = v128.load(b, 16);
      const x = v128.load32_splat(a0), y = v128.load32_splat(a1);
      c00 = madd(x, b0, c00);
      c01 = madd(x, b1, c01);
      c10 = madd(y, b0, c10);
      c11 = madd(y, b1, c11);
      const z = v128.load32_splat(a2), w = v128.load32_splat(a3);
      c20 = madd(z, b0, c20);
      c21 = madd(z, b1, c21);
      c30 = madd(w, b0, c30);
      c31 = madd(w, b1, c31);
      a0 += aStep;
      a1 += aStep;
      a2 += aStep;
      a3 += aStep;
      b += bStep;
    } while (--k);
    a0 += aSkip;
    a1 += aSkip;
    a2 += aSkip;
    a3 += aSkip;
  } while (--outer);
  store8(c, c00, c01, accumulate);
  c += cStride;
  store8(c, c10, c11, accumulate);
  c += cStride;
  store8(c, c20, c21, accumulate);
  c += cStride;
  store8(c, c30, c31, accumulate);
}

@inline
function store16(c: usize, c0: v128, c1: v128, c2: v128, c3: v128, accumulate: bool): void {
  if (accumulate) {
    c0 = f32x4.add(c0, v128.load(c));
    c1 = f32x4.add(c1, v128.load(c, 16));
    c2 = f32x4.add(c2, v128.load(c, 32));
    c3 = f32x4.add(c3, v128.load(c, 48));
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
  v128.store(c, c2, 32);
  v128.store(c, c3, 48);
}

@inline
function store8(c: usize, c0: v128, c1: v128, accumulate: bool): void {
  if (accumulate) {
    c0 = f32x4.add(c0, v128.load(c));
    c1 = f32x4.add(c1, v128.load(c, 16));
  }
  v128.store(c, c0);
  v128.store(c, c1, 16);
}
