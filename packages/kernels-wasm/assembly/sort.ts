import { DType } from './codes';
import { newJob, runJob, shareOf, tasksOf } from './jobs';

/** Lines this short are sorted by insertion. */
const SHORT: i32 = 24;
const RADIX: i32 = 256;

/** Bytes of workspace that {@link argsort} needs for lines of `extent`: keys, two orders, counts. */
export function argsortWorkspace(extent: i32): usize {
  return (<usize>extent << 2) * 3 + (RADIX << 2);
}

/** Indices that sort x `[outer, extent, inner]` along its middle axis; stable, NaN is largest. */
export function argsort(dtype: i32, descending: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32): void {
  const s = changetype<Sort>(newJob());
  s.dtype = dtype;
  s.descending = descending;
  s.x = x;
  s.out = out;
  s.extent = extent;
  s.inner = inner;
  s.outer = outer;
  const elements = <f64>outer * extent * inner;
  s.share = shareOf(outer, elements, 1024, 1024);
  runJob(sortLines, tasksOf(outer, s.share), 20 * <f32>elements);
}

@unmanaged
class Sort {
  dtype: i32;
  descending: bool;
  x: usize;
  out: usize;
  outer: i32;
  extent: i32;
  inner: i32;
  share: i32;
}

function sortLines(job: usize, index: i32, workspace: usize): void {
  const s = changetype<Sort>(job);
  const first = index * s.share;
  const offset = <usize>(first * s.extent * s.inner) << 2;
  const outer = min(s.share, s.outer - first);
  sort(s.dtype, s.descending, s.x + offset, s.out + offset, outer, s.extent, s.inner, workspace);
}

function sort(
  dtype: i32, descending: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32, workspace: usize,
): void {
  const stride = <usize>inner << 2;
  const keys = workspace;
  const order = keys + (<usize>extent << 2);
  const spare = order + (<usize>extent << 2);
  const counts = spare + (<usize>extent << 2);
  for (let o = 0; o < outer; o++) {
    for (let j: usize = 0; j < stride; j += 4) {
      for (let i: usize = 0; i < <usize>extent; i++) {
        const bits = load<u32>(x + j + i * stride);
        const key = dtype == DType.float32 ? floatKey(bits) : bits ^ 0x80000000;
        store<u32>(keys + (i << 2), descending ? ~key : key);
        store<u32>(order + (i << 2), <u32>i);
      }
      if (extent <= SHORT) insertionSort(keys, order, extent);
      else radixSort(keys, order, spare, counts, extent);
      for (let i: usize = 0; i < <usize>extent; i++) store<u32>(out + j + i * stride, load<u32>(order + (i << 2)));
    }
    x += <usize>extent * stride;
    out += <usize>extent * stride;
  }
}

/** Unsigned order of the keys is the order of the floats; both zeros are one key, all NaN another, the largest. */
@inline
function floatKey(bits: u32): u32 {
  if ((bits & 0x7fffffff) > 0x7f800000) return 0xffffffff;
  if (bits == 0x80000000) return 0x80000000;
  return bits & 0x80000000 ? ~bits : bits | 0x80000000;
}

@inline
function keyOf(keys: usize, index: u32): u32 {
  return load<u32>(keys + (<usize>index << 2));
}

function insertionSort(keys: usize, order: usize, n: i32): void {
  for (let i = 1; i < n; i++) {
    const index = load<u32>(order + (<usize>i << 2));
    const key = keyOf(keys, index);
    let at = order + (<usize>i << 2);
    while (at > order && keyOf(keys, load<u32>(at - 4)) > key) {
      store<u32>(at, load<u32>(at - 4));
      at -= 4;
    }
    store<u32>(at, index);
  }
}

/** Four passes of 8 bits, lowest first; each is stable. After an even number the result is back in `order`. */
function radixSort(keys: usize, order: usize, spare: usize, counts: usize, n: i32): void {
  for (let shift = 0; shift < 32; shift += 8) {
    memory.fill(counts, 0, RADIX << 2);
    for (let i: usize = 0; i < <usize>n; i++) {
      const bin = counts + (<usize>((load<u32>(keys + (i << 2)) >> shift) & 0xff) << 2);
      store<u32>(bin, load<u32>(bin) + 1);
    }
    let start: u32 = 0;
    for (let bin: usize = 0; bin < <usize>RADIX; bin++) {
      const count = load<u32>(counts + (bin << 2));
      store<u32>(counts + (bin << 2), start);
      start += count;
    }
    for (let i: usize = 0; i < <usize>n; i++) {
      const index = load<u32>(order + (i << 2));
      const bin = counts + (<usize>((keyOf(keys, index) >> shift) & 0xff) << 2);
      const place = load<u32>(bin);
      store<u32>(bin, place + 1);
      store<u32>(spare + (<usize>place << 2), index);
    }
    const swap = order;
    order = spare;
    spare = swap;
  }
}
