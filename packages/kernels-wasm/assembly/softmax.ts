import { storeLanes, sumLanes } from './common';
import { exp, log } from './math';
import { firstLanes, maxLanes, putIn } from './tails';

/** Vectors that are summed in single precision before the sum joins a double: fixed, so the bits are too. */
const BLOCK: i32 = 256;

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

/** Writes $e^{x - \text{top}}$ to out, where there is one, and returns the sum. */
@inline
export function powers(x: usize, out: usize, n: i32, top: v128, isKept: bool): f64 {
  let total: f64 = 0;
  let left = n >> 2;
  while (left > 0) {
    const vectors = min(left, BLOCK);
    let sum = f32x4.splat(0);
    let other = sum;
    const end = x + (<usize>vectors << 4);
    for (; x + 32 <= end; x += 32) {
      const a = exp(f32x4.sub(v128.load(x), top));
      const b = exp(f32x4.sub(v128.load(x, 16), top));
      sum = f32x4.add(sum, a);
      other = f32x4.add(other, b);
      if (isKept) {
        v128.store(out, a);
        v128.store(out, b, 16);
        out += 32;
      }
    }
    if (x < end) {
      const a = exp(f32x4.sub(v128.load(x), top));
      sum = f32x4.add(sum, a);
      x += 16;
      if (isKept) {
        v128.store(out, a);
        out += 16;
      }
    }
    total += sumLanes(f32x4.add(sum, other));
    left -= vectors;
  }
  const rest = n & 3;
  if (rest) {
    const a = v128.and(exp(f32x4.sub(v128.load(x), top)), firstLanes(rest));
    if (isKept) storeLanes(out, a, rest);
    total += sumLanes(a);
  }
  return total;
}

/** Multiplies a row by a factor, in place. */
@inline
export function scaleRow(row: usize, n: i32, factor: v128): void {
  const end = row + (<usize>(n & ~3) << 2);
  for (; row < end; row += 16) v128.store(row, f32x4.mul(v128.load(row), factor));
  if (n & 3) storeLanes(row, f32x4.mul(v128.load(row), factor), n & 3);
}

@inline
function subtractRow(x: usize, out: usize, n: i32, a: v128, b: v128): void {
  const end = x + (<usize>(n & ~3) << 2);
  for (; x < end; x += 16, out += 16) v128.store(out, f32x4.sub(f32x4.sub(v128.load(x), a), b));
  if (n & 3) storeLanes(out, f32x4.sub(f32x4.sub(v128.load(x), a), b), n & 3);
}

/** Softmax, or its logarithm, of each row of x `[rows, n]`. */
export function softmaxRows(isLog: bool, x: usize, out: usize, rows: i32, n: i32): void {
  const bytes = <usize>n << 2;
  for (let i = 0; i < rows; i++, x += bytes, out += bytes) {
    const top = greatest(x, n);
    if (isLog) {
      const total = powers(x, out, n, top, false);
      subtractRow(x, out, n, top, log(f32x4.splat(<f32>total)));
    } else {
      const total = powers(x, out, n, top, true);
      scaleRow(out, n, f32x4.splat(<f32>(1 / total)));
    }
  }
}

/** Columns that are worked on together, row by row: two rows of so many floats stay in the cache. */
const COLUMNS: i32 = 512;

export function softmaxColumnsWorkspace(): usize {
  return <usize>COLUMNS << 3;
}

/** As {@link softmaxRows}, along the middle axis of x `[outer, extent, inner]`. */
export function softmaxColumns(
  isLog: bool, x: usize, out: usize, outer: i32, extent: i32, inner: i32, workspace: usize,
): void {
  const stride = <usize>inner << 2;
  const plane = <usize>extent * stride;
  for (let o = 0; o < outer; o++, x += plane, out += plane) {
    for (let j = 0; j < inner; j += COLUMNS) {
      const skip = <usize>j << 2;
      const width = min(COLUMNS, inner - j);
      if (width & 3) columnPanel(isLog, x + skip, out + skip, extent, stride, width, workspace, false);
      else columnPanel(isLog, x + skip, out + skip, extent, stride, width, workspace, true);
    }
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
      const power = exp(f32x4.sub(v128.load(row + at), v128.load(tops + at)));
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
  return isLog ? f32x4.sub(dy, f32x4.mul(s, exp(y))) : f32x4.mul(y, f32x4.sub(dy, s));
}

/** The gradient of {@link softmaxRows} from its result. */
export function softmaxGradRows(isLog: bool, y: usize, dy: usize, dx: usize, rows: i32, n: i32): void {
  const vectors = n >> 2;
  const rest = n & 3;
  for (let i = 0; i < rows; i++) {
    let total: f64 = 0;
    let at: usize = 0;
    for (let left = vectors; left > 0; left -= BLOCK) {
      let sum = f32x4.splat(0);
      const end = at + (<usize>min(left, BLOCK) << 4);
      for (; at < end; at += 16) sum = f32x4.add(sum, term(isLog, v128.load(y + at), v128.load(dy + at)));
      total += sumLanes(sum);
    }
    if (rest) total += sumLanes(v128.and(term(isLog, v128.load(y + at), v128.load(dy + at)), firstLanes(rest)));
    const s = f32x4.splat(<f32>total);
    const end = <usize>vectors << 4;
    for (at = 0; at < end; at += 16) v128.store(dx + at, slope(isLog, v128.load(y + at), v128.load(dy + at), s));
    if (rest) storeLanes(dx + at, slope(isLog, v128.load(y + at), v128.load(dy + at), s), rest);
    y += <usize>n << 2;
    dy += <usize>n << 2;
    dx += <usize>n << 2;
  }
}

/** The gradient of {@link softmaxColumns} from its result. */
export function softmaxGradColumns(
  isLog: bool, y: usize, dy: usize, dx: usize, outer: i32, extent: i32, inner: i32, workspace: usize,
): void {
  const stride = <usize>inner << 2;
  const plane = <usize>extent * stride;
  for (let o = 0; o < outer; o++, y += plane, dy += plane, dx += plane) {
    for (let j = 0; j < inner; j += COLUMNS) {
      const skip = <usize>j << 2;
      const width = min(COLUMNS, inner - j);
      if (width & 3) gradPanel(isLog, y + skip, dy + skip, dx + skip, plane, stride, width, workspace, false);
      else gradPanel(isLog, y + skip, dy + skip, dx + skip, plane, stride, width, workspace, true);
    }
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
