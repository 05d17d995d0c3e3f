import { inChunks } from './flat';
import { inPieces } from './nest';
import { transposeBlock } from './transpose';

/** Rows of fewer bytes are copied by a loop: `memory.copy` costs a call. */
const CALL_BYTES: usize = 256;

/** Elements that are filled or copied by one task. */
const CHUNK: i32 = 32768;

/** Copies between two strided views of elements of `1 << shift` bytes (1 or 4), a nest of `rank` axes, in parallel. */
export function copyBox(shift: i32, from: usize, to: usize, rank: i32, loops: usize): void {
  const whole = isTranspose(shift, rank, loops) ? 1 : 0;
  inPieces(nestBody, shift, from, shift, to, shift, 0, 0, 0, 0, rank, loops, whole, 0.3);
}

function nestBody(shift: i32, from: usize, to: usize, _c: usize, _out: usize, axis: i32, loops: usize): void {
  copyAxes(shift, from, to, axis, loops);
}

/** Whether the result is contiguous along the innermost axis and the source along the one around it. */
@inline
function isTranspose(shift: i32, rank: i32, loops: usize): bool {
  return rank > 1 && shift == 2 && load<i32>(loops, 20) == 1 && load<i32>(loops, 8) == 1;
}

/** A loop nest in `loops` (see `src/loops.ts`) from `axis` inwards. */
function copyAxes(shift: i32, from: usize, to: usize, axis: i32, loops: usize): void {
  const at = loops + (<usize>axis << 4);
  const extent = load<i32>(at);
  const fromStride = load<usize>(at, 4) << shift;
  const toStride = load<usize>(at, 8) << shift;
  if (axis == 0) {
    if (shift == 0) copyLine<u8>(from, fromStride, to, toStride, extent);
    else copyLine<u32>(from, fromStride, to, toStride, extent);
    return;
  }
  if (axis == 1 && isTranspose(shift, 2, loops)) {
    transposeBlock(to, toStride, from, load<usize>(loops, 4) << 2, load<i32>(loops), extent);
    return;
  }
  for (let i = 0; i < extent; i++) {
    copyAxes(shift, from, to, axis - 1, loops);
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
  else fillLine(0, 0, <usize>value, to, n);
}

export function fill32(to: usize, value: u32, n: i32): void {
  if (n <= CHUNK) fillLine(0, 0, value, to, n);
  else inChunks(fillLine, 0, 0, 0, value, 0, to, 4, n, CHUNK, 0.1);
}

function fillLine(_mode: i32, _a: usize, value: usize, to: usize, n: i32): void {
  const v = i32x4.splat(<i32>value);
  const end = to + (<usize>n << 2);
  for (; to + 16 <= end; to += 16) v128.store(to, v);
  for (; to < end; to += 4) store<u32>(to, <u32>value);
}

export function fill8(to: usize, value: u32, n: i32): void {
  memory.fill(to, <u8>value, n);
}
