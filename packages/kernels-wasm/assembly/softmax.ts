import { storeLanes, sumLanes } from './common';
import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { decay, decay24, log } from './math';
import { firstLanes, maxLanes, put, putIn } from './tails';

/** Vectors that are summed in single precision before the sum joins a double: fixed, so the bits are too. */
const BLOCK: i32 = 256;

/** Elements of a task, at least, and tasks, at most. */
const TASK: f64 = 4096;
const TASKS: i32 = 256;

/** Lines `[outer, extent, inner]`, along the middle axis: x, or what was made of it and its gradient. */
@unmanaged
class Lines {
  isLog: i32;
  x: usize;
  dy: usize;
  out: usize;
  outer: i32;
  extent: i32;
  inner: i32;
  /** Blocks of {@link COLUMNS} columns in a plane. */
  blocks: i32;
  units: i32;
  share: i32;
}

/** Runs `task` over the lines: blocks of columns, or rows where `inner` is 1. */
@inline
function overLines(
  task: (job: usize, index: i32, workspace: usize) => void,
  isLog: bool, x: usize, dy: usize, out: usize, outer: i32, extent: i32, inner: i32, nanoseconds: f32,
): void {
  const s = changetype<Lines>(newJob());
  s.isLog = i32(isLog);
  s.x = x;
  s.dy = dy;
  s.out = out;
  s.outer = outer;
  s.extent = extent;
  s.inner = inner;
  s.blocks = (inner + COLUMNS - 1) / COLUMNS;
  s.units = outer * s.blocks;
  const work = <f64>outer * extent * inner;
  s.share = shareOf(s.units, work, TASK, TASKS);
  runJob(task, tasksOf(s.units, s.share), nanoseconds * <f32>work);
}

/**
 * The greatest of a row in all lanes. NaN does not show in it, but in the powers: `pmax` is one instruction where `max` takes seven.
 */
@inline
export function greatest(x: usize, n: i32): v128 {
  const lowest = f32x4.splat(-f32.POSITIVE_INFINITY);
  let a = lowest, b = lowest, c = lowest, d = lowest;
  const end = x + (<usize>(n & ~3) << 2);
  for (; x + 64 <= end; x += 64) {
    a = f32x4.pmax(a, v128.load(x));
    b = f32x4.pmax(b, v128.load(x, 16));
    c = f32x4.pmax(c, v128.load(x, 32));
    d = f32x4.pmax(d, v128.load(x, 48));
  }
  for (; x < end; x += 16) a = f32x4.pmax(a, v128.load(x));
  if (n & 3) a = f32x4.pmax(a, v128.bitselect(v128.load(x), lowest, firstLanes(n & 3)));
  return maxLanes(f32x4.pmax(f32x4.pmax(a, b), f32x4.pmax(c, d)));
}

/** $2^{-24}$: what makes a sum of {@link powers} one of $e^{x - \text{top}}$. */
export const UNSCALED: f64 = 5.9604644775390625e-8;

/** Writes $2^{24} e^{x - \text{top}}$ to out and returns the sum. */
export function powers(x: usize, out: usize, n: i32, top: v128): f64 {
  let total: f64 = 0;
  let left = n;
  while (left >= 16) {
    const elements = min(left & ~15, BLOCK << 2);
    let sum = f32x4.splat(0);
    for (const end = x + (<usize>elements << 2); x < end; x += 64, out += 64) {
      const a = decay24(f32x4.sub(v128.load(x), top));
      const b = decay24(f32x4.sub(v128.load(x, 16), top));
      const c = decay24(f32x4.sub(v128.load(x, 32), top));
      const d = decay24(f32x4.sub(v128.load(x, 48), top));
      v128.store(out, a);
      v128.store(out, b, 16);
      v128.store(out, c, 32);
      v128.store(out, d, 48);
      sum = f32x4.add(sum, f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
    }
    total += sumLanes(sum);
    left -= elements;
  }
  for (; left > 0; left -= 4, x += 16, out += 16) {
    const a = v128.and(decay24(f32x4.sub(v128.load(x), top)), firstLanes(min(left, 4)));
    put(out, a, left);
    total += sumLanes(a);
  }
  return total;
}

/** Multiplies a row by a factor, in place. */
export function scaleRow(row: usize, n: i32, factor: v128): void {
  for (const end = row + (<usize>(n & ~15) << 2); row < end; row += 64) {
    v128.store(row, f32x4.mul(v128.load(row), factor));
    v128.store(row, f32x4.mul(v128.load(row, 16), factor), 16);
    v128.store(row, f32x4.mul(v128.load(row, 32), factor), 32);
    v128.store(row, f32x4.mul(v128.load(row, 48), factor), 48);
  }
  for (let left = n & 15; left > 0; left -= 4, row += 16) put(row, f32x4.mul(v128.load(row), factor), left);
}

@inline
function subtractRow(x: usize, out: usize, n: i32, a: v128, b: v128): void {
  const end = x + (<usize>(n & ~3) << 2);
  for (; x < end; x += 16, out += 16) v128.store(out, f32x4.sub(f32x4.sub(v128.load(x), a), b));
  if (n & 3) storeLanes(out, f32x4.sub(f32x4.sub(v128.load(x), a), b), n & 3);
}

/** Softmax, or its logarithm, along the middle axis of x `[outer, extent, inner]`, in parallel. */
export function softmax(isLog: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32): void {
  if (inner == 1) overLines(rows, isLog, x, 0, out, outer, extent, inner, 1);
  else overLines(columns, isLog, x, 0, out, outer, extent, inner, 2);
}

function rows(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Lines>(job);
  const n = s.extent;
  const end = min(s.units, (index + 1) * s.share);
  for (let i = index * s.share; i < end; i++) {
    const at = <usize>(i * n) << 2;
    const x = s.x + at;
    const out = s.out + at;
    const top = greatest(x, n);
    const total = powers(x, out, n, top);
    if (s.isLog) subtractRow(x, out, n, top, log(f32x4.splat(<f32>(total * UNSCALED))));
    else scaleRow(out, n, f32x4.splat(<f32>(1 / total)));
  }
}

/** Columns that are worked on together, row by row: two rows of so many floats fill what scratch every thread has. */
const COLUMNS: i32 = 512;

function columns(job: usize, index: i32, workspace: usize): void {
  const s = changetype<Lines>(job);
  const stride = <usize>s.inner << 2;
  const end = min(s.units, (index + 1) * s.share);
  for (let unit = index * s.share; unit < end; unit++) {
    const o = unit / s.blocks;
    const first = (unit - o * s.blocks) * COLUMNS;
    const at = <usize>(o * s.extent * s.inner + first) << 2;
    const width = min(COLUMNS, s.inner - first);
    if (width & 3) columnPanel(s.isLog != 0, s.x + at, s.out + at, s.extent, stride, width, workspace, false);
    else columnPanel(s.isLog != 0, s.x + at, s.out + at, s.extent, stride, width, workspace, true);
  }
}

/** The softmax of up to {@link COLUMNS} columns. */
function columnPanel(
  isLog: bool, x: usize, out: usize, extent: i32, stride: usize, width: i32, workspace: usize, isWhole: bool,
): void {
  const tops = workspace;
  const totals = workspace + (<usize>COLUMNS << 2);
  const bytes = <usize>width << 2;
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(tops + at, f32x4.splat(-f32.POSITIVE_INFINITY));
    v128.store(totals + at, f32x4.splat(0));
  }
  const end = x + <usize>extent * stride;
  for (let row = x; row < end; row += stride) {
    for (let at: usize = 0; at < bytes; at += 16) v128.store(tops + at, f32x4.pmax(v128.load(tops + at), v128.load(row + at)));
  }
  for (let row = x, to = out; row < end; row += stride, to += stride) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const power = decay(f32x4.sub(v128.load(row + at), v128.load(tops + at)));
      v128.store(totals + at, f32x4.add(v128.load(totals + at), power));
      if (!isLog) putIn(to + at, power, width - <i32>(at >> 2), isWhole);
    }
  }
  for (let at: usize = 0; at < bytes; at += 16) {
    const total = v128.load(totals + at);
    v128.store(totals + at, isLog ? log(total) : f32x4.div(f32x4.splat(1), total));
  }
  for (let row = x, to = out; row < end; row += stride, to += stride) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const y = isLog
        ? f32x4.sub(f32x4.sub(v128.load(row + at), v128.load(tops + at)), v128.load(totals + at))
        : f32x4.mul(v128.load(to + at), v128.load(totals + at));
      putIn(to + at, y, width - <i32>(at >> 2), isWhole);
    }
  }
}

/** A term of the sum that the gradient subtracts. */
@inline
function term(isLog: bool, y: v128, dy: v128): v128 {
  return isLog ? dy : f32x4.mul(y, dy);
}

/** $y (\mathrm d y - s)$, or of the logarithm $\mathrm d y - s e^y$. */
@inline
function slope(isLog: bool, y: v128, dy: v128, s: v128): v128 {
  return isLog ? f32x4.sub(dy, f32x4.mul(s, decay(y))) : f32x4.mul(y, f32x4.sub(dy, s));
}

/** The gradient of {@link softmax} from its result y, in parallel. */
export function softmaxGrad(isLog: bool, y: usize, dy: usize, dx: usize, outer: i32, extent: i32, inner: i32): void {
  if (inner == 1) overLines(gradRows, isLog, y, dy, dx, outer, extent, inner, isLog ? 1 : 0.4);
  else overLines(gradColumns, isLog, y, dy, dx, outer, extent, inner, isLog ? 1.5 : 0.8);
}

function gradRows(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Lines>(job);
  const end = min(s.units, (index + 1) * s.share);
  for (let i = index * s.share; i < end; i++) {
    const at = <usize>(i * s.extent) << 2;
    gradRow(s.isLog != 0, s.x + at, s.dy + at, s.out + at, s.extent);
  }
}

function gradRow(isLog: bool, y: usize, dy: usize, dx: usize, n: i32): void {
  const vectors = n >> 2;
  const rest = n & 3;
  let total: f64 = 0;
  let at: usize = 0;
  for (let left = vectors; left > 0; left -= BLOCK) {
    let sum = f32x4.splat(0);
    const end = at + (<usize>min(left, BLOCK) << 4);
    for (; at < end; at += 16) sum = f32x4.add(sum, term(isLog, v128.load(y + at), v128.load(dy + at)));
    total += sumLanes(sum);
  }
  if (rest) total += sumLanes(v128.and(term(isLog, v128.load(y + at), v128.load(dy + at)), firstLanes(rest)));
  const sum = f32x4.splat(<f32>total);
  const end = <usize>vectors << 4;
  for (at = 0; at < end; at += 16) v128.store(dx + at, slope(isLog, v128.load(y + at), v128.load(dy + at), sum));
  if (rest) storeLanes(dx + at, slope(isLog, v128.load(y + at), v128.load(dy + at), sum), rest);
}

function gradColumns(job: usize, index: i32, workspace: usize): void {
  const s = changetype<Lines>(job);
  const stride = <usize>s.inner << 2;
  const plane = <usize>s.extent * stride;
  const end = min(s.units, (index + 1) * s.share);
  for (let unit = index * s.share; unit < end; unit++) {
    const o = unit / s.blocks;
    const first = (unit - o * s.blocks) * COLUMNS;
    const at = <usize>(o * s.extent * s.inner + first) << 2;
    const width = min(COLUMNS, s.inner - first);
    if (width & 3) gradPanel(s.isLog != 0, s.x + at, s.dy + at, s.out + at, plane, stride, width, workspace, false);
    else gradPanel(s.isLog != 0, s.x + at, s.dy + at, s.out + at, plane, stride, width, workspace, true);
  }
}

function gradPanel(
  isLog: bool, y: usize, dy: usize, dx: usize, plane: usize, stride: usize, width: i32, workspace: usize, isWhole: bool,
): void {
  const bytes = <usize>width << 2;
  memory.fill(workspace, 0, bytes + 16);
  for (let row: usize = 0; row < plane; row += stride) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const next = term(isLog, v128.load(y + row + at), v128.load(dy + row + at));
      v128.store(workspace + at, f32x4.add(v128.load(workspace + at), next));
    }
  }
  for (let row: usize = 0; row < plane; row += stride) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const grad = slope(isLog, v128.load(y + row + at), v128.load(dy + row + at), v128.load(workspace + at));
      putIn(dx + row + at, grad, width - <i32>(at >> 2), isWhole);
    }
  }
}
