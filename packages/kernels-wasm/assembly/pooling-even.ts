import { Pool } from './pooling';

/**
 * Pooling whose windows lie side by side, without border or dilation, as most nets have it: no window needs a test, and no pixel
 * has two of them.
 */

/** Whether windows lie side by side. */
export function isEven(s: Pool): bool {
  return (
    s.kernelHeight == s.strideY && s.kernelWidth == s.strideX && s.padY == 0 && s.padX == 0 && s.dilationY == 1 && s.dilationX == 1 &&
    s.outHeight * s.strideY <= s.height && s.outWidth * s.strideX <= s.width
  );
}

/** Whether {@link maxPoolIndices2x2} does a pooling. */
export function isEven2x2(s: Pool): bool {
  return s.kernelHeight == 2 && s.kernelWidth == 2 && s.outWidth >= 4 && isEven(s);
}

/** Of the second place where its value beats the first one, as in `maxPlaces4`. */
@inline
function beats(value: v128, most: v128): v128 {
  return v128.andnot(f32x4.eq(most, most), f32x4.le(value, most));
}

/** Places of the maxima of `planes` planes of windows 2 × 2, four windows at a time; the last four of a row may overlap others. */
export function maxPoolIndices2x2(s: Pool, planes: i32, x: usize, out: usize): void {
  const pitch = <usize>s.width << 2;
  const right = i32x4.splat(1);
  const below = i32x4.splat(s.width);
  const first = i32x4(0, 2, 4, 6);
  for (let plane = 0; plane < planes; plane++) {
    for (let oy = 0; oy < s.outHeight; oy++) {
      const start = oy * 2 * s.width;
      for (let ox = 0; ox < s.outWidth; ox += 4) {
        const at = min(ox, s.outWidth - 4);
        const place = start + 2 * at;
        const from = x + (<usize>place << 2);
        const t0 = v128.load(from), t1 = v128.load(from, 16), b0 = v128.load(from + pitch), b1 = v128.load(from + pitch, 16);
        const topLeft = v128.shuffle<f32>(t0, t1, 0, 2, 4, 6), topRight = v128.shuffle<f32>(t0, t1, 1, 3, 5, 7);
        const bottomLeft = v128.shuffle<f32>(b0, b1, 0, 2, 4, 6), bottomRight = v128.shuffle<f32>(b0, b1, 1, 3, 5, 7);
        const inTop = beats(topRight, topLeft), inBottom = beats(bottomRight, bottomLeft);
        const top = v128.bitselect(topRight, topLeft, inTop), bottom = v128.bitselect(bottomRight, bottomLeft, inBottom);
        const isBelow = beats(bottom, top);
        const column = v128.and(v128.bitselect(inBottom, inTop, isBelow), right);
        const best = i32x4.add(i32x4.add(i32x4.splat(place), first), i32x4.add(column, v128.and(isBelow, below)));
        v128.store(out + (<usize>at << 2), best);
      }
      out += <usize>s.outWidth << 2;
    }
    x += <usize>(s.height * s.width) << 2;
  }
}

/** The gradient of an average over windows side by side: each pixel is written once. */
export function avgPoolGradEven(s: Pool, planes: i32, dy: usize, dx: usize): void {
  const share: f32 = 1 / <f32>(s.kernelHeight * s.kernelWidth);
  const rowBytes = <usize>s.width << 2;
  const used = s.outHeight * s.strideY;
  for (let plane = 0; plane < planes; plane++) {
    for (let oy = 0; oy < s.outHeight; oy++) {
      if (s.strideX == 2) spreadPairs(dy, dx, s.outWidth, share);
      else spreadRuns(dy, dx, s.outWidth, s.strideX, share);
      const end = dx + (<usize>(s.outWidth * s.strideX) << 2);
      memory.fill(end, 0, dx + rowBytes - end);
      for (let ky = 1; ky < s.kernelHeight; ky++) memory.copy(dx + <usize>ky * rowBytes, dx, rowBytes);
      dx += rowBytes * <usize>s.strideY;
      dy += <usize>s.outWidth << 2;
    }
    const rest = rowBytes * <usize>(s.height - used);
    memory.fill(dx, 0, rest);
    dx += rest;
  }
}

function spreadPairs(from: usize, to: usize, count: i32, share: f32): void {
  const shares = f32x4.splat(share);
  let i = 0;
  for (; i + 4 <= count; i += 4, from += 16, to += 32) {
    const v = f32x4.mul(v128.load(from), shares);
    v128.store(to, v128.shuffle<f32>(v, v, 0, 0, 1, 1));
    v128.store(to, v128.shuffle<f32>(v, v, 2, 2, 3, 3), 16);
  }
  for (; i < count; i++, from += 4, to += 8) {
    const value = load<f32>(from) * share;
    store<f32>(to, value);
    store<f32>(to, value, 4);
  }
}

function spreadRuns(from: usize, to: usize, count: i32, length: i32, share: f32): void {
  const runBytes = <usize>length << 2;
  for (let i = 0; i < count; i++, from += 4) {
    const value = load<f32>(from) * share;
    for (const end = to + runBytes; to < end; to += 4) store<f32>(to, value);
  }
}
