import { BatchNorm } from './batch-norm-job';
import { madd } from './common';
import { put } from './tails';
import { highLanes, lowLanes, narrow } from './wide';

/** Batch norm of the channels from `begin` to `stop` of x `[rows, channels]`: four columns at a time. */
export function normColumns(job: BatchNorm, begin: i32, stop: i32): void {
  const x = job.x, y = job.y;
  const rows = job.images;
  const stride = <usize>job.channels << 2;
  const count = f64x2.splat(<f64>rows);
  for (let c = begin; c < stop; c += 4) {
    const first = <usize>c << 2;
    const left = stop - c;
    const end = first + <usize>rows * stride;
    let low = f64x2.splat(0), high = low;
    for (let at = first; at < end; at += stride) {
      low = f64x2.add(low, lowLanes(v128.load(x + at)));
      high = f64x2.add(high, highLanes(v128.load(x + at)));
    }
    const meanLow = f64x2.div(low, count), meanHigh = f64x2.div(high, count);
    low = f64x2.splat(0);
    high = low;
    for (let at = first; at < end; at += stride) {
      const dLow = f64x2.sub(lowLanes(v128.load(x + at)), meanLow);
      const dHigh = f64x2.sub(highLanes(v128.load(x + at)), meanHigh);
      low = f64x2.add(low, f64x2.mul(dLow, dLow));
      high = f64x2.add(high, f64x2.mul(dHigh, dHigh));
    }
    const center = narrow(meanLow, meanHigh);
    const spread = narrow(f64x2.div(low, count), f64x2.div(high, count));
    put(job.mean + first, center, left);
    put(job.variance + first, spread, left);
    const factor = f32x4.mul(v128.load(job.weight + first), inverseStds(spread, job.eps));
    const offset = v128.load(job.bias + first);
    for (let at = first; at < end; at += stride) {
      put(y + at, madd(f32x4.sub(v128.load(x + at), center), factor, offset), left);
    }
  }
}

@inline
function inverseStds(variance: v128, eps: f32): v128 {
  return f32x4.div(f32x4.splat(1), f32x4.sqrt(f32x4.add(variance, f32x4.splat(eps))));
}

/** The gradients of {@link normColumns}. */
export function normGradColumns(job: BatchNorm, begin: i32, stop: i32): void {
  const x = job.x, dy = job.dy, dx = job.dx;
  const rows = job.images;
  const stride = <usize>job.channels << 2;
  const count = f32x4.splat(<f32>rows);
  for (let c = begin; c < stop; c += 4) {
    const first = <usize>c << 2;
    const left = stop - c;
    const end = first + <usize>rows * stride;
    const center = v128.load(job.mean + first);
    let sumLow = f64x2.splat(0), sumHigh = sumLow, low = sumLow, high = sumLow;
    for (let at = first; at < end; at += stride) {
      const grad = v128.load(dy + at);
      const product = f32x4.mul(grad, f32x4.sub(v128.load(x + at), center));
      sumLow = f64x2.add(sumLow, lowLanes(grad));
      sumHigh = f64x2.add(sumHigh, highLanes(grad));
      low = f64x2.add(low, lowLanes(product));
      high = f64x2.add(high, highLanes(product));
    }
    const sum = narrow(sumLow, sumHigh);
    const inverse = inverseStds(v128.load(job.variance + first), job.eps);
    const share = f32x4.mul(narrow(low, high), inverse);
    put(job.dbias + first, sum, left);
    put(job.dweight + first, share, left);
    const factor = f32x4.mul(v128.load(job.weight + first), inverse);
    const shift = f32x4.div(sum, count);
    const slope = f32x4.div(f32x4.mul(share, inverse), count);
    for (let at = first; at < end; at += stride) {
      put(dx + at, pulled(v128.load(x + at), v128.load(dy + at), center, factor, shift, slope), left);
    }
  }
}

/** $a (\mathrm dy - s - k (x - \mu))$. */
@inline
export function pulled(x: v128, dy: v128, center: v128, factor: v128, shift: v128, slope: v128): v128 {
  return f32x4.mul(factor, f32x4.sub(f32x4.sub(dy, shift), f32x4.mul(f32x4.sub(x, center), slope)));
}
