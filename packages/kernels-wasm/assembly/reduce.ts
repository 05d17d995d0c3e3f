import { storeLanes, sumLanes } from './common';
import { DType, Fold } from './codes';
import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { firstLanes } from './tails';

/** Vectors or rows that are summed in single precision before the sum joins a double: fixed, so the bits are too. */
const BLOCK: i32 = 64;

/** Elements of a row that one task folds: whole blocks. */
const PIECE: i32 = 16 * BLOCK * 16;
/** Elements of a task of several rows, and columns of one, at least. */
const TASK: i32 = 16384;
const COLUMNS: i32 = 64;
/** Tasks that many rows are dealt out to, at most. */
const TASKS: i32 = 256;

/** x `[outer, extent, inner]` in tasks: pieces of rows where `inner` is 1, else blocks of columns. */
@unmanaged
class Reduction {
  dtype: i32;
  fn: i32;
  x: usize;
  out: usize;
  outer: i32;
  extent: i32;
  inner: i32;
  /** What is folded of each piece of a row, in double precision. */
  parts: usize;
  /** Pieces of a row, or blocks of columns. */
  pieces: i32;
  columns: i32;
  units: i32;
  share: i32;
}

function newReduction(dtype: i32, fn: i32, x: usize, out: usize, outer: i32, extent: i32, inner: i32): Reduction {
  const s = changetype<Reduction>(newJob());
  s.dtype = dtype;
  s.fn = fn;
  s.x = x;
  s.out = out;
  s.outer = outer;
  s.extent = extent;
  s.inner = inner;
  s.pieces = 1;
  s.columns = inner;
  return s;
}

/** Deals `outer * pieces` units out to tasks. */
function deal(s: Reduction): i32 {
  s.units = s.outer * s.pieces;
  s.share = shareOf(s.units, <f64>s.outer * s.extent * s.inner, TASK, TASKS);
  return tasksOf(s.units, s.share);
}

@inline
function costOf(s: Reduction, nanoseconds: f32): f32 {
  return nanoseconds * <f32>s.outer * <f32>s.extent * <f32>s.inner;
}

/** Bytes of scratch for all threads that {@link reduceRows} needs. */
export function reduceRowsScratch(dtype: i32, outer: i32, extent: i32): usize {
  const pieces = piecesOf(dtype, extent);
  return pieces > 1 ? <usize>(outer * pieces) << 3 : 0;
}

@inline
function piecesOf(dtype: i32, extent: i32): i32 {
  return dtype == DType.float32 ? max(1, min(4096, (extent + PIECE - 1) / PIECE)) : 1;
}

/** `out[i] = fold of x[i][...]`: x `[outer, extent]`, in parallel. */
export function reduceRows(dtype: i32, fn: i32, x: usize, out: usize, outer: i32, extent: i32, scratch: usize): void {
  if (dtype != DType.float32) {
    reduceColumns(dtype, fn, x, out, outer, extent, 1);
    return;
  }
  const s = newReduction(dtype, fn, x, out, outer, extent, 1);
  s.parts = scratch;
  s.pieces = piecesOf(dtype, extent);
  const cost: f32 = fn == Fold.prod ? 1 : 0.1;
  const tasks = deal(s);
  if (s.pieces <= 1) {
    runJob(wholeRows, tasks, costOf(s, cost));
    return;
  }
  // Whole blocks in each piece but the last.
  s.columns = ((extent + s.pieces - 1) / s.pieces + PIECE - 1) / PIECE * PIECE;
  runJob(piecesOfRows, tasks, costOf(s, cost));
  for (let o = 0; o < outer; o++) {
    let total = load<f64>(scratch);
    scratch += 8;
    for (let i = 1; i < s.pieces; i++, scratch += 8) total = join(fn, total, load<f64>(scratch));
    store<f32>(out + (<usize>o << 2), <f32>total);
  }
}

@inline
function join(fn: i32, a: f64, b: f64): f64 {
  return fn == Fold.sum ? a + b : fn == Fold.prod ? a * b : fn == Fold.min ? Math.min(a, b) : Math.max(a, b);
}

function wholeRows(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Reduction>(job);
  const first = index * s.share;
  const end = min(s.units, first + s.share);
  for (let o = first; o < end; o++) {
    store<f32>(s.out + (<usize>o << 2), <f32>floatRow(s.fn, s.x + (<usize>(o * s.extent) << 2), s.extent));
  }
}

function piecesOfRows(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Reduction>(job);
  const end = min(s.units, (index + 1) * s.share);
  for (let unit = index * s.share; unit < end; unit++) {
    const o = unit / s.pieces;
    const first = min(s.extent, (unit - o * s.pieces) * s.columns);
    const x = s.x + (<usize>(o * s.extent + first) << 2);
    store<f64>(s.parts + (<usize>unit << 3), floatRow(s.fn, x, min(s.columns, s.extent - first)));
  }
}

/** `out[i][j] = fold of x[i][...][j]`: x `[outer, extent, inner]`, in parallel. */
export function reduceColumns(dtype: i32, fn: i32, x: usize, out: usize, outer: i32, extent: i32, inner: i32): void {
  const s = newReduction(dtype, fn, x, out, outer, extent, inner);
  if (dtype == DType.float32) {
    const wanted = <i32>min(<f64>TASKS / max(1, outer), <f64>extent * inner / TASK);
    const blocks = max(1, min(wanted, inner / COLUMNS));
    s.columns = max(1, ((inner + blocks - 1) / blocks + 15) & ~15);
    s.pieces = (inner + s.columns - 1) / s.columns;
  }
  const cost: f32 = dtype == DType.float32 ? 0.15 : 1;
  runJob(columnBlocks, deal(s), costOf(s, cost));
}

function columnBlocks(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Reduction>(job);
  const shift: usize = s.dtype < DType.uint8 ? 2 : 0;
  const end = min(s.units, (index + 1) * s.share);
  for (let unit = index * s.share; unit < end; unit++) {
    const o = unit / s.pieces;
    const first = (unit - o * s.pieces) * s.columns;
    const x = s.x + (<usize>(o * s.extent * s.inner + first) << shift);
    const out = s.out + (<usize>(o * s.inner + first) << shift);
    if (s.dtype == DType.float32) floatColumns(s.fn, x, <usize>s.inner << 2, out, s.extent, min(s.columns, s.inner - first));
    else if (s.dtype == DType.int32) foldColumns<i32>(s.fn, x, out, s.extent, s.inner);
    else byteColumns(s.dtype, s.fn, x, out, s.extent, s.inner);
  }
}

function floatRow(fn: i32, x: usize, n: i32): f64 {
  if (fn == Fold.sum) return sumRow(x, n);
  if (fn == Fold.min) return extremeRow(Fold.min, x, n);
  if (fn == Fold.max) return extremeRow(Fold.max, x, n);
  let product: f64 = 1;
  for (const end = x + (<usize>n << 2); x < end; x += 4) product *= load<f32>(x);
  return product;
}

function sumRow(x: usize, n: i32): f64 {
  let total: f64 = 0;
  let left = n >> 4;
  while (left > 0) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    const vectors = min(left, BLOCK);
    for (const end = x + (<usize>vectors << 6); x < end; x += 64) {
      s0 = f32x4.add(s0, v128.load(x));
      s1 = f32x4.add(s1, v128.load(x, 16));
      s2 = f32x4.add(s2, v128.load(x, 32));
      s3 = f32x4.add(s3, v128.load(x, 48));
    }
    total += sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
    left -= vectors;
  }
  for (const end = x + (<usize>(n & 15) << 2); x < end; x += 4) total += load<f32>(x);
  return total;
}

/** What every element of a row is beyond, or at. */
@inline
function startOf(fn: i32): v128 {
  return f32x4.splat(fn == Fold.min ? f32.POSITIVE_INFINITY : -f32.POSITIVE_INFINITY);
}

/** The better of both, `best` where `x` is NaN: one instruction, where `min` and `max` take seven. */
@inline
function better(fn: i32, best: v128, x: v128): v128 {
  return fn == Fold.min ? f32x4.pmin(best, x) : f32x4.pmax(best, x);
}

@inline
function isNan(x: v128): v128 {
  return f32x4.ne(x, x);
}

@inline
function extremeRow(fn: i32, x: usize, n: i32): f32 {
  const start = startOf(fn);
  let a = start, b = start, c = start, d = start;
  let nan = f32x4.splat(0), other = nan;
  for (const end = x + (<usize>(n & ~15) << 2); x < end; x += 64) {
    const x0 = v128.load(x), x1 = v128.load(x, 16), x2 = v128.load(x, 32), x3 = v128.load(x, 48);
    a = better(fn, a, x0);
    b = better(fn, b, x1);
    c = better(fn, c, x2);
    d = better(fn, d, x3);
    nan = v128.or(nan, v128.or(isNan(x0), isNan(x1)));
    other = v128.or(other, v128.or(isNan(x2), isNan(x3)));
  }
  for (let left = n & 15; left > 0; left -= 4, x += 16) {
    const x0 = v128.bitselect(v128.load(x), start, firstLanes(min(left, 4)));
    a = better(fn, a, x0);
    nan = v128.or(nan, isNan(x0));
  }
  if (v128.any_true(v128.or(nan, other))) return f32.NaN;
  a = better(fn, better(fn, a, b), better(fn, c, d));
  a = better(fn, a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
  a = better(fn, a, v128.shuffle<f32>(a, a, 1, 0, 3, 2));
  return f32x4.extract_lane(a, 0);
}

function extreme16Columns(fn: i32, x: usize, stride: usize, out: usize, extent: i32): void {
  let a = startOf(fn), b = a, c = a, d = a;
  let n0 = f32x4.splat(0), n1 = n0, n2 = n0, n3 = n0;
  for (let i = 0; i < extent; i++, x += stride) {
    const x0 = v128.load(x), x1 = v128.load(x, 16), x2 = v128.load(x, 32), x3 = v128.load(x, 48);
    a = better(fn, a, x0);
    b = better(fn, b, x1);
    c = better(fn, c, x2);
    d = better(fn, d, x3);
    n0 = v128.or(n0, isNan(x0));
    n1 = v128.or(n1, isNan(x1));
    n2 = v128.or(n2, isNan(x2));
    n3 = v128.or(n3, isNan(x3));
  }
  // All bits set are a NaN.
  v128.store(out, v128.or(a, n0));
  v128.store(out, v128.or(b, n1), 16);
  v128.store(out, v128.or(c, n2), 32);
  v128.store(out, v128.or(d, n3), 48);
}

@inline
function extreme(fn: i32, a: v128, b: v128): v128 {
  return fn == Fold.min ? f32x4.min(a, b) : f32x4.max(a, b);
}

function floatColumns(fn: i32, x: usize, stride: usize, out: usize, extent: i32, inner: i32): void {
  let j = 0;
  if (fn != Fold.prod) {
    for (; j + 16 <= inner; j += 16, x += 64, out += 64) {
      if (fn == Fold.sum) sum16Columns(x, stride, out, extent);
      else extreme16Columns(fn, x, stride, out, extent);
    }
  }
  for (; j < inner; j += 4, x += 16, out += 16) {
    let v = f32x4.splat(0);
    if (fn == Fold.sum) v = sum4Columns(x, stride, extent);
    else if (fn == Fold.min) v = fold4Columns(Fold.min, x, stride, extent);
    else if (fn == Fold.max) v = fold4Columns(Fold.max, x, stride, extent);
    else v = fold4Columns(Fold.prod, x, stride, extent);
    if (j + 4 <= inner) v128.store(out, v);
    else storeLanes(out, v, inner - j);
  }
}

@inline
function fold4Columns(fn: i32, x: usize, stride: usize, extent: i32): v128 {
  let v = f32x4.splat(fn == Fold.prod ? 1 : fn == Fold.min ? f32.POSITIVE_INFINITY : -f32.POSITIVE_INFINITY);
  for (let i = 0; i < extent; i++, x += stride) v = fn == Fold.prod ? f32x4.mul(v, v128.load(x)) : extreme(fn, v, v128.load(x));
  return v;
}

@inline
function addLow(total: v128, v: v128): v128 {
  return f64x2.add(total, f64x2.promote_low_f32x4(v));
}

@inline
function addHigh(total: v128, v: v128): v128 {
  return f64x2.add(total, f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3)));
}

@inline
function round(low: v128, high: v128): v128 {
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

function sum4Columns(x: usize, stride: usize, extent: i32): v128 {
  let low = f64x2.splat(0), high = low;
  while (extent > 0) {
    let s = f32x4.splat(0);
    const rows = min(extent, BLOCK);
    for (let i = 0; i < rows; i++, x += stride) s = f32x4.add(s, v128.load(x));
    low = addLow(low, s);
    high = addHigh(high, s);
    extent -= rows;
  }
  return round(low, high);
}

function sum16Columns(x: usize, stride: usize, out: usize, extent: i32): void {
  let l0 = f64x2.splat(0), l1 = l0, l2 = l0, l3 = l0, h0 = l0, h1 = l0, h2 = l0, h3 = l0;
  while (extent > 0) {
    let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
    const rows = min(extent, BLOCK);
    for (let i = 0; i < rows; i++, x += stride) {
      s0 = f32x4.add(s0, v128.load(x));
      s1 = f32x4.add(s1, v128.load(x, 16));
      s2 = f32x4.add(s2, v128.load(x, 32));
      s3 = f32x4.add(s3, v128.load(x, 48));
    }
    l0 = addLow(l0, s0);
    h0 = addHigh(h0, s0);
    l1 = addLow(l1, s1);
    h1 = addHigh(h1, s1);
    l2 = addLow(l2, s2);
    h2 = addHigh(h2, s2);
    l3 = addLow(l3, s3);
    h3 = addHigh(h3, s3);
    extent -= rows;
  }
  v128.store(out, round(l0, h0));
  v128.store(out, round(l1, h1), 16);
  v128.store(out, round(l2, h2), 32);
  v128.store(out, round(l3, h3), 48);
}

function byteColumns(dtype: i32, fn: i32, x: usize, out: usize, extent: i32, inner: i32): void {
  foldColumns<u8>(fn, x, out, extent, inner);
  // Of nothing, the least is true, not 255.
  if (dtype == DType.bool && extent == 0 && fn == Fold.min) memory.fill(out, 1, inner);
}

/** Row by row into the results. */
function foldColumns<T>(fn: i32, x: usize, out: usize, extent: i32, inner: i32): void {
  let start = <T>0;
  if (fn == Fold.prod) start = <T>1;
  else if (fn == Fold.min) start = isSigned<T>() ? <T>i32.MAX_VALUE : <T>u8.MAX_VALUE;
  else if (fn == Fold.max) start = isSigned<T>() ? <T>i32.MIN_VALUE : <T>0;
  const width = <usize>inner * sizeof<T>();
  for (let j: usize = 0; j < width; j += sizeof<T>()) store<T>(out + j, start);
  for (let i = 0; i < extent; i++, x += width) {
    for (let j: usize = 0; j < width; j += sizeof<T>()) {
      const a = load<T>(out + j);
      const b = load<T>(x + j);
      store<T>(out + j, fn == Fold.sum ? a + b : fn == Fold.prod ? a * b : fn == Fold.min ? min<T>(a, b) : max<T>(a, b));
    }
  }
}

/** The place of the first greatest, or least, along the middle axis of x `[outer, extent, inner]`; NaN wins. */
export function argReduce(dtype: i32, isMax: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32): void {
  const s = newReduction(dtype, i32(isMax), x, out, outer, extent, inner);
  runJob(argRows, deal(s), costOf(s, 1));
}

function argRows(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Reduction>(job);
  const first = index * s.share;
  const x = s.x + (<usize>(first * s.extent * s.inner) << 2);
  argLines(s.dtype, s.fn != 0, x, s.out + (<usize>(first * s.inner) << 2), min(s.share, s.outer - first), s.extent, s.inner);
}

function argLines(dtype: i32, isMax: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32): void {
  if (dtype == DType.float32) argExtreme<f32>(isMax, x, out, outer, extent, inner);
  else argExtreme<i32>(isMax, x, out, outer, extent, inner);
}

function argExtreme<T>(isMax: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32): void {
  const stride = <usize>inner << 2;
  for (let o = 0; o < outer; o++) {
    for (let j: usize = 0; j < stride; j += 4, out += 4) {
      let best = 0;
      if (extent > 0) {
        let at = x + j;
        let most = load<T>(at);
        for (let i = 1; i < extent; i++) {
          at += stride;
          const value = load<T>(at);
          if ((isMax ? value > most : value < most) || (value != value && most == most)) {
            most = value;
            best = i;
          }
        }
      }
      store<i32>(out, best);
    }
    x += <usize>extent * stride;
  }
}

/** Running sums along the middle axis of x `[outer, extent, inner]`; floats add up in double precision. */
export function cumulativeSum(
  dtype: i32, exclusive: bool, reverse: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32,
): void {
  const s = newReduction(dtype, i32(exclusive) | i32(reverse) << 1, x, out, outer, extent, inner);
  runJob(runningRows, deal(s), costOf(s, 1.5));
}

function runningRows(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Reduction>(job);
  const first = index * s.share;
  const offset = <usize>(first * s.extent * s.inner) << 2;
  const outer = min(s.share, s.outer - first);
  runningSums(s.dtype, (s.fn & 1) != 0, s.fn > 1, s.x + offset, s.out + offset, outer, s.extent, s.inner);
}

function runningSums(
  dtype: i32, exclusive: bool, reverse: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32,
): void {
  if (dtype == DType.float32) running<f32, f64>(exclusive, reverse, x, out, outer, extent, inner);
  else running<i32, i32>(exclusive, reverse, x, out, outer, extent, inner);
}

function running<T, S>(exclusive: bool, reverse: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32): void {
  const stride = <usize>inner << 2;
  const plane = <usize>extent * stride;
  const step: usize = reverse ? <usize>0 - stride : stride;
  for (let o = 0; o < outer; o++) {
    for (let j: usize = 0; j < stride; j += 4) {
      let at = reverse ? plane - stride + j : j;
      let sum = <S>0;
      for (let i = 0; i < extent; i++) {
        const before = sum;
        sum += <S>load<T>(x + at);
        store<T>(out + at, <T>(exclusive ? before : sum));
        at += step;
      }
    }
    x += plane;
    out += plane;
  }
}
