import { madd, sumLanes } from './common';
import { NR, PANEL_ROW, tile1x16, tile2x16, tile4x8 } from './tiles';
import { transposeBlock } from './transpose';

/** Depth of a packed block of B: a panel of it (16 KiB) stays in the first-level cache. */
const KC: i32 = 256;
/** Rows of A that meet a panel in turn: with KC, 128 KiB of the second-level cache. */
const MC: i32 = 128;
/** Columns of a packed block of B. */
const NC: i32 = 512;
/** Fewer rows than this do not pay for packing B. */
const PACK_ROWS: i32 = 8;
/** Below this many columns a transposed A is read in place. */
const PACK_COLUMNS: i32 = 32;

const TILE_BYTES: usize = 256;
const PACKED_B_BYTES: usize = <usize>(KC * (NC + NR)) << 2;
const PACKED_A_BYTES: usize = <usize>(MC * KC) << 2;

/** Bytes of workspace that {@link gemm} needs for any problem. */
export function gemmWorkspace(): usize {
  return TILE_BYTES + PACKED_B_BYTES + PACKED_A_BYTES;
}

/**
 * $C = A B$, or $C \mathrel{+}= A B$ with `accumulate`: A `[m, k]` with contiguous rows or columns, B `[k, n]` with any strides in
 * bytes, C `[m, n]` with contiguous rows `cStride` bytes apart.
 */
export function gemm(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize,
  c: usize, cStride: usize, accumulate: bool, workspace: usize,
): void {
  if (m == 0 || n == 0) return;
  if (k == 0) {
    if (!accumulate) for (let i = 0; i < m; i++) memory.fill(c + <usize>i * cStride, 0, <usize>n << 2);
    return;
  }
  if (n == 1 && cStride == 4 && m > 1) {
    // C is a contiguous column: the same numbers as the row C^T = B^T A^T.
    gemm(1, m, k, b, bColumn, bRow, a, aColumn, aRow, c, <usize>m << 2, accumulate, workspace);
  } else if (m == 1 && bColumn == 4 && n >= 4) {
    rowTimesMatrix(n, k, a, aColumn, b, bRow, c, accumulate);
  } else if (m < PACK_ROWS && bColumn == 4) {
    rowsTimesMatrix(m, n, k, a, aRow, aColumn, b, bRow, c, cStride, accumulate, workspace);
  } else if (m < 4 && bRow == 4 && aColumn == 4) {
    for (let i: usize = 0; i < <usize>m; i++) dots(n, k, a + i * aRow, b, bColumn, c + i * cStride, accumulate);
  } else {
    blocked(m, n, k, a, aRow, aColumn, b, bRow, bColumn, c, cStride, accumulate, workspace);
  }
}

function blocked(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize, bColumn: usize,
  c: usize, cStride: usize, accumulate: bool, workspace: usize,
): void {
  const packedB = workspace + TILE_BYTES + PACKED_A_BYTES;
  const depth = evenBlock(k, KC);
  for (let j = 0; j < n; j += NC) {
    const columns = min(NC, n - j);
    for (let p = 0; p < k; p += depth) {
      const kc = min(depth, k - p);
      packPanels(packedB, b + <usize>p * bRow + <usize>j * bColumn, bRow, bColumn, kc, columns);
      timesBlock(
        m, columns, kc, a + <usize>p * aColumn, aRow, aColumn, packedB,
        c + (<usize>j << 2), cStride, accumulate || p > 0, workspace,
      );
    }
  }
}

/** A `[m, depth]` times one packed block of B. */
function timesBlock(
  m: i32, n: i32, depth: i32, a: usize, aRow: usize, aColumn: usize, packedB: usize,
  c: usize, cStride: usize, accumulate: bool, workspace: usize,
): void {
  const packsA = aColumn != 4 && n >= PACK_COLUMNS;
  const packedA = workspace + TILE_BYTES;
  for (let i = 0; i < m; i += MC) {
    const rows = min(MC, m - i);
    if (packsA) packQuads(packedA, a, aColumn, rows, depth);
    for (let q = 0; q < n; q += NR) {
      const valid = min(NR, n - q);
      const b = packedB + (<usize>(q * depth) << 2);
      const target = c + (<usize>q << 2);
      if (!packsA) {
        panel(rows, depth, a, aRow, aColumn, b, PANEL_ROW, target, cStride, accumulate, valid, workspace);
        continue;
      }
      for (let r = 0; r < rows; r += 4) {
        panel(
          min(4, rows - r), depth, packedA + (<usize>(r * depth) << 2), 4, 16, b, PANEL_ROW,
          target + <usize>r * cStride, cStride, accumulate, valid, workspace,
        );
      }
    }
    a += <usize>MC * aRow;
    c += <usize>MC * cStride;
  }
}

/** Bytes of B `[k, n]` as {@link packColumns} lays it out. */
export function packedBytes(k: i32, n: i32): usize {
  return <usize>(k * ((n + NR - 1) & -NR)) << 2;
}

/**
 * Columns `first` to `end` of B `[k, n]`, for products that take all of it many times: blocks of rows, each in panels. `first` is a
 * multiple of 16.
 */
export function packColumns(
  to: usize, b: usize, bRow: usize, bColumn: usize, k: i32, n: i32, first: i32, end: i32,
): void {
  const depth = evenBlock(k, KC);
  for (let p = 0; p < k; p += depth) {
    const kc = min(depth, k - p);
    packPanels(to + (<usize>(first * kc) << 2), b + <usize>p * bRow + <usize>first * bColumn, bRow, bColumn, kc, end - first);
    to += packedBytes(kc, n);
  }
}

/** {@link gemm} with a B that {@link packColumns} packed. Where A has contiguous rows, 256 bytes of workspace do. */
export function timesPacked(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aColumn: usize, packed: usize,
  c: usize, cStride: usize, accumulate: bool, workspace: usize,
): void {
  const depth = evenBlock(k, KC);
  for (let p = 0; p < k; p += depth) {
    const kc = min(depth, k - p);
    timesBlock(m, n, kc, a + <usize>p * aColumn, aRow, aColumn, packed, c, cStride, accumulate || p > 0, workspace);
    packed += packedBytes(kc, n);
  }
}

/** The block length, at most `limit`, that cuts `extent` into blocks of nearly the same length. */
@inline
function evenBlock(extent: i32, limit: i32): i32 {
  const blocks = (extent + limit - 1) / limit;
  return (extent + blocks - 1) / blocks;
}

/**
 * `rows` rows of A against one panel of B, of which `valid` columns (1 to 16) exist in C.
 * `tile` is scratch of 256 bytes for a panel that C has no room for.
 */
export function panel(
  rows: i32, depth: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bStep: usize,
  c: usize, cStride: usize, accumulate: bool, valid: i32, tile: usize,
): void {
  let i = 0;
  if (valid == NR) {
    for (; i + 2 <= rows; i += 2) {
      tile2x16(1, depth, a, a + aRow, aColumn, 0, b, bStep, c, cStride, accumulate);
      a += aRow << 1;
      c += cStride << 1;
    }
    if (i < rows) tile1x16(1, depth, a, aColumn, 0, b, bStep, c, accumulate);
    return;
  }
  if (valid <= 8) {
    for (; i + 4 <= rows; i += 4) {
      tile4x8(1, depth, a, a + aRow, a + (aRow << 1), a + aRow * 3, aColumn, 0, b, bStep, tile, PANEL_ROW, false);
      copyTile(tile, c, cStride, 4, valid, accumulate);
      a += aRow << 2;
      c += cStride << 2;
    }
  }
  for (; i + 2 <= rows; i += 2) {
    tile2x16(1, depth, a, a + aRow, aColumn, 0, b, bStep, tile, PANEL_ROW, false);
    copyTile(tile, c, cStride, 2, valid, accumulate);
    a += aRow << 1;
    c += cStride << 1;
  }
  if (i < rows) {
    tile1x16(1, depth, a, aColumn, 0, b, bStep, tile, false);
    copyTile(tile, c, cStride, 1, valid, accumulate);
  }
}

/** Moves the first `valid` columns of a 16-wide tile to C, or adds them. */
export function copyTile(tile: usize, c: usize, cStride: usize, rows: i32, valid: i32, accumulate: bool): void {
  const end = <usize>valid << 2;
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < end; j += 4) {
      let value = load<f32>(tile + j);
      if (accumulate) value += load<f32>(c + j);
      store<f32>(c + j, value);
    }
    tile += PANEL_ROW;
    c += cStride;
  }
}

/** B `[depth, n]` into panels `[n / 16][depth][16]`; what the last panel lacks is zero. */
export function packPanels(to: usize, b: usize, bRow: usize, bColumn: usize, depth: i32, n: i32): void {
  for (let j = 0; j < n; j += NR) {
    const valid = min(NR, n - j);
    const from = b + <usize>j * bColumn;
    if (valid < NR) memory.fill(to, 0, <usize>depth * PANEL_ROW);
    if (bRow == 4) transposeBlock(to, PANEL_ROW, from, bColumn, valid, depth);
    else if (bColumn == 4 && valid == NR) packPanel(to, from, bRow, depth);
    else packElements(to, from, bRow, bColumn, depth, valid);
    to += <usize>depth * PANEL_ROW;
  }
}

function packPanel(to: usize, from: usize, rowStride: usize, depth: i32): void {
  for (let k = 0; k < depth; k++) {
    const x0 = v128.load(from), x1 = v128.load(from, 16), x2 = v128.load(from, 32), x3 = v128.load(from, 48);
    v128.store(to, x0);
    v128.store(to, x1, 16);
    v128.store(to, x2, 32);
    v128.store(to, x3, 48);
    from += rowStride;
    to += PANEL_ROW;
  }
}

function packElements(to: usize, from: usize, rowStride: usize, columnStride: usize, depth: i32, valid: i32): void {
  for (let k = 0; k < depth; k++) {
    let source = from;
    for (let j: usize = 0; j < <usize>valid; j++) {
      store<u32>(to + (j << 2), load<u32>(source));
      source += columnStride;
    }
    from += rowStride;
    to += PANEL_ROW;
  }
}

/**
 * A transposed block of A, whose columns are contiguous, as quads of rows `[rows / 4][depth][4]`: a tile reads it from one end to the
 * other. Of the last 16 rows, those that do not exist are whatever follows in memory; no tile takes them.
 */
function packQuads(to: usize, a: usize, aColumn: usize, rows: i32, depth: i32): void {
  const quad = <usize>depth << 4;
  for (let i = 0; i < rows; i += 16) {
    let from = a + (<usize>i << 2);
    for (let k = 0; k < depth; k++) {
      const x0 = v128.load(from), x1 = v128.load(from, 16), x2 = v128.load(from, 32), x3 = v128.load(from, 48);
      v128.store(to, x0);
      v128.store(to + quad, x1);
      v128.store(to + 2 * quad, x2);
      v128.store(to + 3 * quad, x3);
      from += aColumn;
      to += 16;
    }
    to += 3 * quad;
  }
}

/** A few rows times a matrix whose rows are contiguous: B is used once or twice, so it is read in place. */
function rowsTimesMatrix(
  m: i32, n: i32, k: i32, a: usize, aRow: usize, aColumn: usize, b: usize, bRow: usize,
  c: usize, cStride: usize, accumulate: bool, workspace: usize,
): void {
  let j = 0;
  for (; j + NR <= n; j += NR) {
    const offset = <usize>j << 2;
    panel(m, k, a, aRow, aColumn, b + offset, bRow, c + offset, cStride, accumulate, NR, workspace);
  }
  if (j == n) return;
  const depth = evenBlock(k, KC);
  const offset = <usize>j << 2;
  const packed = workspace + TILE_BYTES;
  for (let p = 0; p < k; p += depth) {
    const kc = min(depth, k - p);
    packPanels(packed, b + offset + <usize>p * bRow, bRow, 4, kc, n - j);
    panel(
      m, kc, a + <usize>p * aColumn, aRow, aColumn, packed, PANEL_ROW,
      c + offset, cStride, accumulate || p > 0, n - j, workspace,
    );
  }
}

/** One row times a matrix: B streams by once, four of its rows at a time, into a C that stays in the first-level cache. */
function rowTimesMatrix(n: i32, k: i32, a: usize, aColumn: usize, b: usize, bRow: usize, c: usize, accumulate: bool): void {
  if (!accumulate) memory.fill(c, 0, <usize>n << 2);
  let p = 0;
  for (; p + 4 <= k; p += 4) {
    addRows4(n, a, aColumn, b, bRow, c);
    a += aColumn << 2;
    b += bRow << 2;
  }
  for (; p < k; p++) {
    addRow(n, v128.load32_splat(a), b, c);
    a += aColumn;
    b += bRow;
  }
}

function addRows4(n: i32, a: usize, aColumn: usize, b0: usize, bRow: usize, c: usize): void {
  const x0 = v128.load32_splat(a);
  const x1 = v128.load32_splat(a + aColumn);
  const x2 = v128.load32_splat(a + aColumn * 2);
  const x3 = v128.load32_splat(a + aColumn * 3);
  const b1 = b0 + bRow;
  const b2 = b1 + bRow;
  const b3 = b2 + bRow;
  const bytes = <usize>n << 2;
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) {
    const sum = madd(x0, v128.load(b0 + j), madd(x1, v128.load(b1 + j), v128.load(c + j)));
    v128.store(c + j, madd(x2, v128.load(b2 + j), madd(x3, v128.load(b3 + j), sum)));
  }
  for (; j < bytes; j += 4) {
    const sum = madd(x0, v128.load32_zero(b0 + j), madd(x1, v128.load32_zero(b1 + j), v128.load32_zero(c + j)));
    v128.store32_lane(c + j, madd(x2, v128.load32_zero(b2 + j), madd(x3, v128.load32_zero(b3 + j), sum)), 0);
  }
}

function addRow(n: i32, x: v128, b: usize, c: usize): void {
  const bytes = <usize>n << 2;
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) v128.store(c + j, madd(x, v128.load(b + j), v128.load(c + j)));
  for (; j < bytes; j += 4) v128.store32_lane(c + j, madd(x, v128.load32_zero(b + j), v128.load32_zero(c + j)), 0);
}

/** `c[j] = row · b[j]` for `n` rows of B, four at a time. */
function dots(n: i32, k: i32, row: usize, b: usize, bStride: usize, c: usize, accumulate: bool): void {
  let j = 0;
  for (; j + 4 <= n; j += 4) {
    dots4(k, row, b, bStride, c, accumulate);
    b += bStride << 2;
    c += 16;
  }
  for (; j < n; j++) {
    let sum = dot(k, row, b);
    if (accumulate) sum += load<f32>(c);
    store<f32>(c, sum);
    b += bStride;
    c += 4;
  }
}

function dots4(k: i32, row: usize, b0: usize, stride: usize, c: usize, accumulate: bool): void {
  const b1 = b0 + stride;
  const b2 = b1 + stride;
  const b3 = b2 + stride;
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  const bytes = <usize>k << 2;
  let p: usize = 0;
  for (; p + 16 <= bytes; p += 16) {
    const x = v128.load(row + p);
    s0 = madd(x, v128.load(b0 + p), s0);
    s1 = madd(x, v128.load(b1 + p), s1);
    s2 = madd(x, v128.load(b2 + p), s2);
    s3 = madd(x, v128.load(b3 + p), s3);
  }
  let sums = f32x4(sumLanes(s0), sumLanes(s1), sumLanes(s2), sumLanes(s3));
  for (; p < bytes; p += 4) {
    const column = f32x4(load<f32>(b0 + p), load<f32>(b1 + p), load<f32>(b2 + p), load<f32>(b3 + p));
    sums = madd(v128.load32_splat(row + p), column, sums);
  }
  if (accumulate) sums = f32x4.add(sums, v128.load(c));
  v128.store(c, sums);
}

/** The dot product of two contiguous vectors. */
function dot(k: i32, a: usize, b: usize): f32 {
  let s0 = f32x4.splat(0), s1 = s0;
  const bytes = <usize>k << 2;
  let p: usize = 0;
  for (; p + 32 <= bytes; p += 32) {
    s0 = madd(v128.load(a + p), v128.load(b + p), s0);
    s1 = madd(v128.load(a + p, 16), v128.load(b + p, 16), s1);
  }
  let sum = sumLanes(f32x4.add(s0, s1));
  for (; p < bytes; p += 4) sum += load<f32>(a + p) * load<f32>(b + p);
  return sum;
}
