/** Columns that are transposed together: the lines of the result that they touch stay in the first-level cache. */
const COLUMNS: i32 = 32;

/**
 * `to[j][i] = from[i][j]` for a block of 4-byte elements; both have contiguous rows, `fromStride` and `toStride` bytes apart.
 * Works in 4 × 4 tiles held in registers.
 */
export function transposeBlock(to: usize, toStride: usize, from: usize, fromStride: usize, rows: i32, columns: i32): void {
  for (let j = 0; j < columns; j += COLUMNS) {
    transposeColumns(to, toStride, from, fromStride, rows, min(COLUMNS, columns - j));
    to += toStride * COLUMNS;
    from += COLUMNS << 2;
  }
}

function transposeColumns(to: usize, toStride: usize, from: usize, fromStride: usize, rows: i32, columns: i32): void {
  let i = 0;
  for (; i + 4 <= rows; i += 4) {
    transposeStripe(to, toStride, from, fromStride, columns);
    to += 16;
    from += fromStride << 2;
  }
  for (; i < rows; i++) {
    let target = to;
    for (let j: usize = 0; j < <usize>columns; j++) {
      store<u32>(target, load<u32>(from + (j << 2)));
      target += toStride;
    }
    to += 4;
    from += fromStride;
  }
}

function transposeStripe(to: usize, toStride: usize, row0: usize, stride: usize, columns: i32): void {
  const row1 = row0 + stride;
  const row2 = row1 + stride;
  const row3 = row2 + stride;
  const bytes = <usize>columns << 2;
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) {
    const r0 = v128.load(row0 + j);
    const r1 = v128.load(row1 + j);
    const r2 = v128.load(row2 + j);
    const r3 = v128.load(row3 + j);
    const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
    to += toStride;
    v128.store(to, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7));
    to += toStride;
    v128.store(to, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5));
    to += toStride;
    v128.store(to, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7));
    to += toStride;
  }
  for (; j < bytes; j += 4) {
    store<u32>(to, load<u32>(row0 + j));
    store<u32>(to, load<u32>(row1 + j), 4);
    store<u32>(to, load<u32>(row2 + j), 8);
    store<u32>(to, load<u32>(row3 + j), 12);
    to += toStride;
  }
}
