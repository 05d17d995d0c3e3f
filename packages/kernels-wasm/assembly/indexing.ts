import { DType } from './codes';
import { lower, newJob, runJob, shareOf, tasksOf } from './jobs';
import { copyBytes } from './layout';

/** What {@link gather} and its kin return when every index was in range. */
const ALL_INSIDE: i32 = -1;

/** Elements of a task, at least. */
const TASK: f64 = 4096;
/** Bytes of the slices that one task adds up, at least. */
const SLICE: usize = 256;

/** A kernel with indices. Its tasks take `share` units each. */
@unmanaged
class Lookup {
  shift: i32;
  isFloat: i32;
  x: usize;
  index: usize;
  out: usize;
  outer: i32;
  extent: i32;
  count: i32;
  inner: i32;
  units: i32;
  share: i32;
  /** Bytes of a slice, and of the piece of it that a task takes. */
  bytes: usize;
  piece: usize;
  pieces: i32;
  /** The position of the first index that is out of range, else -1: unsigned, the largest. */
  bad: u32;
}

function newLookup(x: usize, index: usize, out: usize, outer: i32, extent: i32, count: i32, inner: i32): Lookup {
  const s = changetype<Lookup>(newJob());
  s.x = x;
  s.index = index;
  s.out = out;
  s.outer = outer;
  s.extent = extent;
  s.count = count;
  s.inner = inner;
  s.bad = ALL_INSIDE;
  return s;
}

/** Runs `task` over `units` units, of `elements` elements in all. */
@inline
function over(s: Lookup, task: (job: usize, index: i32, workspace: usize) => void, units: i32, elements: f64): i32 {
  s.units = units;
  s.share = shareOf(units, elements, TASK, 1024);
  runJob(task, tasksOf(units, s.share), 1.5 * <f32>elements);
  return s.bad;
}

/** Notes that the index at `position` is out of range: the least position of all threads stays. */
function report(s: Lookup, position: u32): void {
  lower(changetype<usize>(s) + offsetof<Lookup>('bad'), position);
}

/**
 * `out[o][i][j] = x[o][index[o][i][j]][j]` for elements of `1 << shift` bytes (1 or 4): x `[outer, extent, inner]`, index
 * `[outer, count, inner]`. Returns the position of the first index that is out of range, else -1.
 */
export function gather(shift: i32, x: usize, index: usize, out: usize, outer: i32, extent: i32, count: i32, inner: i32): i32 {
  const s = newLookup(x, index, out, outer, extent, count, inner);
  s.shift = shift;
  return over(s, gatherRows, outer * count, <f64>outer * count * inner);
}

function gatherRows(job: usize, task: i32, _workspace: usize): void {
  const s = changetype<Lookup>(job);
  if (s.shift == 0) gatherOf<u8>(s, task * s.share, min(s.units, (task + 1) * s.share));
  else gatherOf<u32>(s, task * s.share, min(s.units, (task + 1) * s.share));
}

@inline
function gatherOf<T>(s: Lookup, row: i32, end: i32): void {
  const inner = s.inner;
  if (inner == 1) return gatherAlong<T>(s, row, end);
  for (; row < end; row++) {
    const x = s.x + <usize>(row / s.count * s.extent * inner) * sizeof<T>();
    let position = row * inner;
    for (let j = 0; j < inner; j++, position++) {
      const place = load<i32>(s.index + (<usize>position << 2));
      if (<u32>place >= <u32>s.extent) return report(s, position);
      store<T>(s.out + <usize>position * sizeof<T>(), load<T>(x + <usize>(place * inner + j) * sizeof<T>()));
    }
  }
}

/** Whether one of four indices is out of range: one test for all, and whoever finds so looks which. */
@inline
function areOutside(places: usize, extent: u32): bool {
  return v128.any_true(i32x4.ge_u(v128.load(places), i32x4.splat(extent)));
}

/** Along the last axis, as max pooling has it: no loop of one turn inside. */
@inline
function gatherAlong<T>(s: Lookup, row: i32, end: i32): void {
  const extent = <u32>s.extent, index = s.index, out = s.out;
  while (row < end) {
    const o = row / s.count;
    const x = s.x + <usize>o * <usize>extent * sizeof<T>();
    const stop = min(end, (o + 1) * s.count);
    if (sizeof<T>() == 4) {
      for (; row + 4 <= stop; row += 4) {
        const places = index + (<usize>row << 2);
        if (areOutside(places, extent)) break;
        let y = v128.load32_zero(x + (<usize>load<u32>(places) << 2));
        y = v128.load_lane<u32>(x + (<usize>load<u32>(places, 4) << 2), y, 1);
        y = v128.load_lane<u32>(x + (<usize>load<u32>(places, 8) << 2), y, 2);
        y = v128.load_lane<u32>(x + (<usize>load<u32>(places, 12) << 2), y, 3);
        v128.store(out + (<usize>row << 2), y);
      }
    }
    for (; row < stop; row++) {
      const place = load<u32>(index + (<usize>row << 2));
      if (place >= extent) return report(s, row);
      store<T>(out + <usize>row * sizeof<T>(), load<T>(x + <usize>place * sizeof<T>()));
    }
  }
}

/** Adds src `[outer, count, inner]` to out `[outer, extent, inner]` at index, in order: the adjoint of {@link gather}. */
export function scatterAdd(
  dtype: i32, index: usize, src: usize, out: usize, outer: i32, extent: i32, count: i32, inner: i32,
): i32 {
  const s = newLookup(src, index, out, outer, extent, count, inner);
  s.isFloat = i32(dtype == DType.float32);
  return over(s, scatterPlanes, outer, <f64>outer * max(count, extent) * inner);
}

function scatterPlanes(job: usize, task: i32, _workspace: usize): void {
  const s = changetype<Lookup>(job);
  const end = min(s.outer, (task + 1) * s.share);
  for (let o = task * s.share; o < end; o++) {
    const out = s.out + (<usize>(o * s.extent * s.inner) << 2);
    memory.fill(out, 0, <usize>(s.extent * s.inner) << 2);
    if (s.isFloat) scatterOf<f32>(s, o * s.count * s.inner, out);
    else scatterOf<i32>(s, o * s.count * s.inner, out);
  }
}

@inline
function addAt<T>(out: usize, places: usize, src: usize, offset: usize): void {
  const at = out + (<usize>load<u32>(places + offset) << 2);
  store<T>(at, load<T>(at) + load<T>(src + offset));
}

@inline
function scatterOf<T>(s: Lookup, position: i32, out: usize): void {
  const inner = s.inner;
  if (inner == 1) {
    const extent = <u32>s.extent, index = s.index, src = s.x;
    const end = position + s.count;
    for (; position + 4 <= end; position += 4) {
      const places = index + (<usize>position << 2);
      if (areOutside(places, extent)) break;
      const from = src + (<usize>position << 2);
      addAt<T>(out, places, from, 0);
      addAt<T>(out, places, from, 4);
      addAt<T>(out, places, from, 8);
      addAt<T>(out, places, from, 12);
    }
    for (; position < end; position++) {
      const place = load<u32>(index + (<usize>position << 2));
      if (place >= extent) return report(s, position);
      const at = out + (<usize>place << 2);
      store<T>(at, load<T>(at) + load<T>(src + (<usize>position << 2)));
    }
    return;
  }
  for (let i = 0; i < s.count; i++) {
    for (let j = 0; j < inner; j++, position++) {
      const place = load<i32>(s.index + (<usize>position << 2));
      if (<u32>place >= <u32>s.extent) return report(s, position);
      const at = out + (<usize>(place * inner + j) << 2);
      store<T>(at, load<T>(at) + load<T>(s.x + (<usize>position << 2)));
    }
  }
}

/** `out[o][i] = x[o][index[i]]`, where a slice has `bytes` bytes. */
export function indexSelect(x: usize, index: usize, out: usize, outer: i32, extent: i32, count: i32, bytes: usize): i32 {
  const bad = firstOutside(index, extent, count);
  if (bad != ALL_INSIDE) return bad;
  const s = newLookup(x, index, out, outer, extent, count, 0);
  s.bytes = bytes;
  return over(s, selectRows, outer * count, <f64>outer * count * (<f64>bytes / 16 + 1));
}

function selectRows(job: usize, task: i32, _workspace: usize): void {
  const s = changetype<Lookup>(job);
  const bytes = s.bytes;
  const end = min(s.units, (task + 1) * s.share);
  let row = task * s.share;
  let out = s.out + <usize>row * bytes;
  for (; row < end; row++, out += bytes) {
    const o = row / s.count;
    const place = o * s.extent + load<i32>(s.index + (<usize>(row - o * s.count) << 2));
    const from = s.x + <usize>place * bytes;
    if (bytes == 4) store<u32>(out, load<u32>(from));
    else copyBytes(from, out, bytes);
  }
}

/** Adds slices of src `[outer, count, inner]` to out `[outer, extent, inner]`, in order: the adjoint of {@link indexSelect}. */
export function indexAdd(dtype: i32, index: usize, src: usize, out: usize, outer: i32, extent: i32, count: i32, inner: i32): i32 {
  const bad = firstOutside(index, extent, count);
  if (bad != ALL_INSIDE) return bad;
  const s = newLookup(src, index, out, outer, extent, count, inner);
  s.isFloat = i32(dtype == DType.float32);
  s.bytes = <usize>inner << 2;
  s.piece = max(SLICE, (s.bytes / 16 + 15) & ~15);
  s.pieces = <i32>((s.bytes + s.piece - 1) / s.piece);
  return over(s, addSlices, outer * s.pieces, <f64>outer * max(count, extent) * (<f64>inner / 4 + 1));
}

/** A task adds a piece of every slice. */
function addSlices(job: usize, task: i32, _workspace: usize): void {
  const s = changetype<Lookup>(job);
  const end = min(s.units, (task + 1) * s.share);
  for (let unit = task * s.share; unit < end; unit++) {
    const o = unit / s.pieces;
    const first = <usize>(unit - o * s.pieces) * s.piece;
    const bytes = min(s.piece, s.bytes - first);
    const out = s.out + <usize>(o * s.extent) * s.bytes + first;
    let src = s.x + <usize>(o * s.count) * s.bytes + first;
    if (s.pieces == 1) memory.fill(out, 0, <usize>s.extent * bytes);
    else for (let i: usize = 0; i < <usize>s.extent; i++) memory.fill(out + i * s.bytes, 0, bytes);
    for (let i: usize = 0; i < <usize>s.count; i++, src += s.bytes) {
      const to = out + <usize>load<i32>(s.index + (i << 2)) * s.bytes;
      if (s.isFloat) addSlice<f32>(to, src, bytes);
      else addSlice<i32>(to, src, bytes);
    }
  }
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
