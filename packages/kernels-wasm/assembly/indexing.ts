import { DType } from './codes';
import { copyBytes } from './layout';

/** What {@link gather} and its kin return when every index was in range. */
const ALL_INSIDE: i32 = -1;

/**
 * `out[o][i][j] = x[o][index[o][i][j]][j]` for elements of `1 << shift` bytes (1 or 4): x `[outer, extent, inner]`, index
 * `[outer, count, inner]`. Returns the position of the first index that is out of range, else -1.
 */
export function gather(shift: i32, x: usize, index: usize, out: usize, outer: i32, extent: i32, count: i32, inner: i32): i32 {
  return shift == 0
    ? gatherOf<u8>(x, index, out, outer, extent, count, inner)
    : gatherOf<u32>(x, index, out, outer, extent, count, inner);
}

@inline
function gatherOf<T>(x: usize, index: usize, out: usize, outer: i32, extent: i32, count: i32, inner: i32): i32 {
  let position = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < inner; j++, position++) {
        const place = load<i32>(index + (<usize>position << 2));
        if (<u32>place >= <u32>extent) return position;
        store<T>(out + <usize>position * sizeof<T>(), load<T>(x + <usize>(place * inner + j) * sizeof<T>()));
      }
    }
    x += <usize>(extent * inner) * sizeof<T>();
  }
  return ALL_INSIDE;
}

/** Adds src `[outer, count, inner]` to out `[outer, extent, inner]` at index, in order: the adjoint of {@link gather}. */
export function scatterAdd(
  dtype: i32, index: usize, src: usize, out: usize, outer: i32, extent: i32, count: i32, inner: i32,
): i32 {
  memory.fill(out, 0, <usize>(outer * extent * inner) << 2);
  return dtype == DType.float32
    ? scatterOf<f32>(index, src, out, outer, extent, count, inner)
    : scatterOf<i32>(index, src, out, outer, extent, count, inner);
}

@inline
function scatterOf<T>(index: usize, src: usize, out: usize, outer: i32, extent: i32, count: i32, inner: i32): i32 {
  let position = 0;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < inner; j++, position++) {
        const place = load<i32>(index + (<usize>position << 2));
        if (<u32>place >= <u32>extent) return position;
        const at = out + (<usize>(place * inner + j) << 2);
        store<T>(at, load<T>(at) + load<T>(src + (<usize>position << 2)));
      }
    }
    out += <usize>(extent * inner) << 2;
  }
  return ALL_INSIDE;
}

/** `out[o][i] = x[o][index[i]]`, where a slice has `bytes` bytes. */
export function indexSelect(x: usize, index: usize, out: usize, outer: i32, extent: i32, count: i32, bytes: usize): i32 {
  const bad = firstOutside(index, extent, count);
  if (bad != ALL_INSIDE) return bad;
  for (let o = 0; o < outer; o++) {
    for (let i: usize = 0; i < <usize>count; i++) {
      const from = x + <usize>load<i32>(index + (i << 2)) * bytes;
      if (bytes == 4) store<u32>(out, load<u32>(from));
      else copyBytes(from, out, bytes);
      out += bytes;
    }
    x += <usize>extent * bytes;
  }
  return ALL_INSIDE;
}

/** Adds slices of src `[outer, count, inner]` to out `[outer, extent, inner]`, in order: the adjoint of {@link indexSelect}. */
export function indexAdd(dtype: i32, index: usize, src: usize, out: usize, outer: i32, extent: i32, count: i32, inner: i32): i32 {
  const bad = firstOutside(index, extent, count);
  if (bad != ALL_INSIDE) return bad;
  const bytes = <usize>inner << 2;
  memory.fill(out, 0, <usize>(outer * extent) * bytes);
  for (let o = 0; o < outer; o++) {
    for (let i: usize = 0; i < <usize>count; i++) {
      const to = out + <usize>load<i32>(index + (i << 2)) * bytes;
      if (dtype == DType.float32) addSlice<f32>(to, src, bytes);
      else addSlice<i32>(to, src, bytes);
      src += bytes;
    }
    out += <usize>extent * bytes;
  }
  return ALL_INSIDE;
}

@inline
function addSlice<T>(to: usize, from: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) {
    const a = v128.load(to + i);
    const b = v128.load(from + i);
    v128.store(to + i, isFloat<T>() ? f32x4.add(a, b) : i32x4.add(a, b));
  }
  for (; i < bytes; i += 4) store<T>(to + i, load<T>(to + i) + load<T>(from + i));
}

function firstOutside(index: usize, extent: i32, count: i32): i32 {
  for (let i = 0; i < count; i++) if (load<u32>(index + (<usize>i << 2)) >= <u32>extent) return i;
  return ALL_INSIDE;
}
