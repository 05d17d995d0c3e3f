import { storeLanes } from './common';
import { inPieces } from './nest';

/** `condition ? a : b` under any broadcast of `rank` axes, for elements of `1 << shift` bytes (1 or 4), in parallel. */
export function select(shift: i32, condition: usize, a: usize, b: usize, out: usize, rank: i32, loops: usize): void {
  inPieces(nestBody, shift, condition, 0, a, shift, b, shift, out, shift, rank, loops, 0, 0.4);
}

function nestBody(shift: i32, condition: usize, a: usize, b: usize, out: usize, axis: i32, loops: usize): void {
  rows(shift, condition, a, b, out, axis, loops);
}

/** A loop nest in `loops` (see `src/loops.ts`) from `axis` inwards. Returns the end of what it wrote. */
function rows(shift: i32, condition: usize, a: usize, b: usize, out: usize, axis: i32, loops: usize): usize {
  const at = loops + (<usize>axis << 4);
  const extent = load<i32>(at);
  const conditionStride = load<i32>(at, 4);
  const aStride = load<i32>(at, 8);
  const bStride = load<i32>(at, 12);
  if (axis == 0) {
    if (shift == 0) selectBytes(condition, conditionStride, a, aStride, b, bStride, out, extent);
    else selectWords(condition, conditionStride, a, aStride, b, bStride, out, extent);
    return out + (<usize>extent << shift);
  }
  for (let i = 0; i < extent; i++) {
    out = rows(shift, condition, a, b, out, axis - 1, loops);
    condition += <usize>conditionStride;
    a += <usize>aStride << shift;
    b += <usize>bStride << shift;
  }
  return out;
}

function selectWords(condition: usize, conditionStep: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  let mask = i32x4.ne(i32x4.splat(load<u8>(condition)), i32x4.splat(0));
  let x = v128.load32_splat(a);
  let y = v128.load32_splat(b);
  for (let i = 0; i < n; i += 4) {
    const offset = <usize>i << 2;
    if (conditionStep) {
      const bytes = v128.load32_zero(condition + i);
      mask = i32x4.ne(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)), i32x4.splat(0));
    }
    if (aStep) x = v128.load(a + offset);
    if (bStep) y = v128.load(b + offset);
    const chosen = v128.bitselect(x, y, mask);
    if (i + 4 <= n) v128.store(out + offset, chosen);
    else storeLanes(out + offset, chosen, n - i);
  }
}

function selectBytes(condition: usize, conditionStep: i32, a: usize, aStep: i32, b: usize, bStep: i32, out: usize, n: i32): void {
  for (let i: usize = 0; i < <usize>n; i++) {
    store<u8>(out + i, load<u8>(condition + i * conditionStep) ? load<u8>(a + i * aStep) : load<u8>(b + i * bStep));
  }
}
