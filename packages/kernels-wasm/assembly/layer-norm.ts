import { madd, storeLanes } from './common';
import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { BLOCK, inverseStd, rowDot, rowProducts, rowSquares, rowSum } from './moments';
import { put } from './tails';
import { highLanes, lowLanes, narrow } from './wide';

/** Elements of a task, at least, and tasks at most. */
const TASK: f64 = 16384;
const TASKS: i32 = 256;
/** Columns that a task takes at least: a cache line of each row. */
const COLUMNS: i32 = 16;
/** Nanoseconds of an element. */
const ELEMENT: f32 = 0.4;

/** A layer norm of x `[rows, n]`, or a gradient, in tasks of some rows or columns each. */
@unmanaged
class LayerNorm {
  x: usize;
  weight: usize;
  bias: usize;
  y: usize;
  mean: usize;
  variance: usize;
  dy: usize;
  dx: usize;
  dweight: usize;
  dbias: usize;
  eps: f32;
  rows: i32;
  n: i32;
  share: i32;
}

@inline
function newLayerNorm(x: usize, mean: usize, variance: usize, eps: f32, rows: i32, n: i32): LayerNorm {
  const job = changetype<LayerNorm>(newJob());
  job.x = x;
  job.mean = mean;
  job.variance = variance;
  job.eps = eps;
  job.rows = rows;
  job.n = n;
  return job;
}

@inline
function overRows(task: (job: usize, index: i32, workspace: usize) => void, job: LayerNorm): void {
  const elements = <f64>job.rows * job.n;
  job.share = shareOf(job.rows, elements, TASK, TASKS);
  runJob(task, tasksOf(job.rows, job.share), ELEMENT * <f32>elements);
}

/** Layer norm of each row of x `[rows, n]` by its own moments, which are written, too. */
export function layerNorm(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, variance: usize, eps: f32, rows: i32, n: i32,
): void {
  const job = newLayerNorm(x, mean, variance, eps, rows, n);
  job.weight = weight;
  job.bias = bias;
  job.y = y;
  overRows(normTask, job);
}

function normTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<LayerNorm>(at);
  const n = job.n;
  const weight = job.weight, bias = job.bias;
  const first = index * job.share;
  const end = min(job.rows, first + job.share);
  let x = job.x + (<usize>(first * n) << 2), y = job.y + (<usize>(first * n) << 2);
  const size = <f64>n;
  const whole = <usize>(n & ~3) << 2;
  for (let row = first; row < end; row++) {
    const exact = rowSum(x, n) / size;
    const middle = <f32>exact;
    const lost = exact - <f64>middle;
    const center = f32x4.splat(middle);
    const spread = <f32>(rowSquares(x, n, center) / size - lost * lost);
    store<f32>(job.mean + (<usize>row << 2), middle);
    store<f32>(job.variance + (<usize>row << 2), spread);
    const inverse = f32x4.splat(inverseStd(spread, job.eps));
    let at: usize = 0;
    for (; at < whole; at += 16) {
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), center), inverse);
      v128.store(y + at, madd(unit, v128.load(weight + at), v128.load(bias + at)));
    }
    if (n & 3) {
      const unit = f32x4.mul(f32x4.sub(v128.load(x + at), center), inverse);
      storeLanes(y + at, madd(unit, v128.load(weight + at), v128.load(bias + at)), n & 3);
    }
    x += <usize>n << 2;
    y += <usize>n << 2;
  }
}

/** The gradient of {@link layerNorm} by x. */
export function layerNormGrad(
  x: usize, weight: usize, mean: usize, variance: usize, dy: usize, dx: usize, eps: f32, rows: i32, n: i32,
): void {
  const job = newLayerNorm(x, mean, variance, eps, rows, n);
  job.weight = weight;
  job.dy = dy;
  job.dx = dx;
  overRows(gradTask, job);
}

function gradTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<LayerNorm>(at);
  const n = job.n;
  const weight = job.weight;
  const first = index * job.share;
  const end = min(job.rows, first + job.share);
  const skip = <usize>(first * n) << 2;
  let x = job.x + skip, dy = job.dy + skip, dx = job.dx + skip;
  const size = <f64>n;
  const whole = <usize>(n & ~3) << 2;
  for (let row = first; row < end; row++) {
    const center = v128.load32_splat(job.mean + (<usize>row << 2));
    const inverse = <f64>inverseStd(load<f32>(job.variance + (<usize>row << 2)), job.eps);
    const shift = f32x4.splat(<f32>(rowDot(dy, weight, n) / size));
    const slope = f32x4.splat(<f32>(rowProducts(x, dy, weight, n, center, true) * inverse * inverse / size));
    const factor = f32x4.splat(<f32>inverse);
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(dx + at, pulled(x + at, weight + at, dy + at, center, factor, shift, slope));
    if (n & 3) storeLanes(dx + at, pulled(x + at, weight + at, dy + at, center, factor, shift, slope), n & 3);
    x += <usize>n << 2;
    dy += <usize>n << 2;
    dx += <usize>n << 2;
  }
}

/** $a (w\,\mathrm dy - s - k (x - \mu))$. */
@inline
function pulled(x: usize, weight: usize, dy: usize, center: v128, factor: v128, shift: v128, slope: v128): v128 {
  const g = f32x4.mul(v128.load(dy), v128.load(weight));
  return f32x4.mul(factor, f32x4.sub(f32x4.sub(g, shift), f32x4.mul(f32x4.sub(v128.load(x), center), slope)));
}

/** The gradients of {@link layerNorm} by weight and bias. */
export function layerNormWeightGrad(
  x: usize, mean: usize, variance: usize, dy: usize, dweight: usize, dbias: usize, eps: f32, rows: i32, n: i32,
): void {
  const job = newLayerNorm(x, mean, variance, eps, rows, n);
  job.dy = dy;
  job.dweight = dweight;
  job.dbias = dbias;
  const elements = <f64>rows * n;
  job.share = shareOf(tasksOf(n, COLUMNS), elements, TASK, TASKS) * COLUMNS;
  runJob(weightGradTask, tasksOf(n, job.share), ELEMENT * <f32>elements);
}

/** Four columns at a time. */
function weightGradTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<LayerNorm>(at);
  const rows = job.rows;
  const mean = job.mean, variance = job.variance;
  const eps = job.eps;
  const stride = <usize>job.n << 2;
  const end = min(job.n, (index + 1) * job.share);
  for (let j = index * job.share; j < end; j += 4) {
    const first = <usize>j << 2;
    let from = job.x + first, grads = job.dy + first;
    let low = f64x2.splat(0), high = low, sumLow = low, sumHigh = low;
    for (let row = 0; row < rows; row += BLOCK) {
      let product = f32x4.splat(0), sum = product;
      const last = min(rows, row + BLOCK);
      for (let i = row; i < last; i++, from += stride, grads += stride) {
        const inverse = inverseStd(load<f32>(variance + (<usize>i << 2)), eps);
        const unit = f32x4.mul(f32x4.sub(v128.load(from), v128.load32_splat(mean + (<usize>i << 2))), f32x4.splat(inverse));
        const g = v128.load(grads);
        product = madd(g, unit, product);
        sum = f32x4.add(sum, g);
      }
      low = f64x2.add(low, lowLanes(product));
      high = f64x2.add(high, highLanes(product));
      sumLow = f64x2.add(sumLow, lowLanes(sum));
      sumHigh = f64x2.add(sumHigh, highLanes(sum));
    }
    put(job.dweight + first, narrow(low, high), end - j);
    put(job.dbias + first, narrow(sumLow, sumHigh), end - j);
  }
}
