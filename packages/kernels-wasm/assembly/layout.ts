import { transposeBlock } from './transpose';

/** Rows of fewer bytes are copied by a loop: `memory.copy` costs a call. */
const CALL_BYTES: usize = 256;

/**
 * Copies between two strided views of elements of `1 << shift` bytes (1 or 4): a loop nest in `loops` (see `src/loops.ts`) from
 * `axis` inwards.
 */
export function copyBox(shift: i32, from: usize, to: usize, axis: i32, loops: usize): void {
  const at = loops + (<usize>axis << 4);
  const extent = load<i32>(at);
  const fromStride = load<usize>(at, 4) << shift;
  const toStride = load<usize>(at, 8) << shift;
  if (axis == 0) {
    if (shift == 0) copyLine<u8>(from, fromStride, to, toStride, extent);
    else copyLine<u32>(from, fromStride, to, toStride, extent);
    return;
  }
  if (axis == 1 && shift == 2 && fromStride == 4 && load<i32>(loops, 8) == 1) {
    transposeBlock(to, toStride, from, load<usize>(loops, 4) << 2, load<i32>(loops), extent);
    return;
  }
  for (let i = 0; i < extent; i++) {
    copyBox(shift, from, to, axis - 1, loops);
    from += fromStride;
    to += toStride;
  }
}

@inline
function copyLine<T>(from: usize, fromStride: usize, to: usize, toStride: usize, n: i32): void {
  const size = sizeof<T>();
  const bytes = <usize>n * size;
  if (fromStride == size && toStride == size) {
    copyBytes(from, to, bytes);
  } else if (fromStride == 0 && toStride == size) {
    fillWords<T>(to, load<T>(from), n);
  } else {
    for (let i = 0; i < n; i++) {
      store<T>(to, load<T>(from));
      from += fromStride;
      to += toStride;
    }
  }
}

export function copyBytes(from: usize, to: usize, bytes: usize): void {
  if (bytes >= CALL_BYTES) {
    memory.copy(to, from, bytes);
    return;
  }
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, v128.load(from + i));
  for (; i + 4 <= bytes; i += 4) store<u32>(to + i, load<u32>(from + i));
  for (; i < bytes; i++) store<u8>(to + i, load<u8>(from + i));
}

@inline
function fillWords<T>(to: usize, value: T, n: i32): void {
  if (sizeof<T>() == 1) memory.fill(to, <u8>value, n);
  else fill32(to, <u32>value, n);
}

export function fill32(to: usize, value: u32, n: i32): void {
  const v = i32x4.splat(value);
  const end = to + (<usize>n << 2);
  for (; to + 16 <= end; to += 16) v128.store(to, v);
  for (; to < end; to += 4) store<u32>(to, value);
}

export function fill8(to: usize, value: u32, n: i32): void {
  memory.fill(to, <u8>value, n);
}
