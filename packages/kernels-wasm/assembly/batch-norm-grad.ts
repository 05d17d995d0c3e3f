import { normGradColumns, pulled } from './batch-norm-columns';
import {
  BatchNorm, STATE, endChannel, endImage, endSummed, firstChannel, firstImage, firstSummed, inPasses, overColumns, sumsOf,
} from './batch-norm-job';
import { storeLanes } from './common';
import { newJob } from './jobs';
import { inverseStd, rowProducts, rowSum } from './moments';

/** Nanoseconds of an element in one pass, and of one in a column. */
const ELEMENT: f32 = 0.25;
const COLUMN_ELEMENT: f32 = 1;

/** The gradients of `batchNorm` by x, weight and bias. */
export function batchNormGrad(
  x: usize, weight: usize, mean: usize, variance: usize, dy: usize, dx: usize, dweight: usize, dbias: usize, eps: f32,
  images: i32, channels: i32, pixels: i32, scratch: usize,
): void {
  const job = changetype<BatchNorm>(newJob());
  job.x = x;
  job.weight = weight;
  job.mean = mean;
  job.variance = variance;
  job.dy = dy;
  job.dx = dx;
  job.dweight = dweight;
  job.dbias = dbias;
  job.eps = eps;
  job.images = images;
  job.channels = channels;
  job.pixels = pixels;
  job.sums = scratch;
  if (pixels == 1) overColumns(job, columnsTask, COLUMN_ELEMENT);
  else inPasses(job, sumTask, combineTask, pullTask, ELEMENT);
}

function columnsTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<BatchNorm>(at);
  normGradColumns(job, index * job.share, min(job.channels, (index + 1) * job.share));
}

/** $\sum \mathrm dy$ and $\sum \mathrm dy (x - \mu)$ of each channel. */
function sumTask(at: usize, piece: i32, _workspace: usize): void {
  const job = changetype<BatchNorm>(at);
  const pixels = job.pixels;
  const bytes = <usize>pixels << 2;
  const end = endImage(job, piece);
  const channel = firstChannel(job, piece), endOf = endChannel(job, piece);
  const sums = sumsOf(job, piece, channel);
  memory.fill(sums, 0, <usize>(endOf - channel) * STATE);
  for (let i = firstImage(job, piece); i < end; i++) {
    let skip = <usize>(i * job.channels + channel) * bytes;
    for (let c = channel, state = sums; c < endOf; c++, state += STATE, skip += bytes) {
      const center = v128.load32_splat(job.mean + (<usize>c << 2));
      store<f64>(state, load<f64>(state) + rowSum(job.dy + skip, pixels));
      store<f64>(state, load<f64>(state, 8) + rowProducts(job.x + skip, job.dy + skip, 0, pixels, center, false), 8);
    }
  }
}

/** The gradients of weight and bias of some channels; leaves the numbers of {@link pulled} in place of their first sums. */
function combineTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<BatchNorm>(at);
  const count = <f64>job.images * <f64>job.pixels;
  const row = <usize>job.channels * STATE;
  const end = endSummed(job, index);
  for (let c = firstSummed(index); c < end; c++) {
    const at = <usize>c << 2;
    const state = job.sums + <usize>c * STATE;
    const stop = state + <usize>job.splits * row;
    let sum: f64 = 0, product: f64 = 0;
    for (let part = state; part < stop; part += row) {
      sum += load<f64>(part);
      product += load<f64>(part, 8);
    }
    const inverse = <f64>inverseStd(load<f32>(job.variance + at), job.eps);
    store<f32>(job.dbias + at, <f32>sum);
    store<f32>(job.dweight + at, <f32>(product * inverse));
    store<f32>(state, <f32>(<f64>load<f32>(job.weight + at) * inverse));
    store<f32>(state, <f32>(sum / count), 4);
    store<f32>(state, <f32>(product * inverse * inverse / count), 8);
  }
}

function pullTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<BatchNorm>(at);
  const bytes = <usize>job.pixels << 2;
  const end = min(job.images * job.channels, (index + 1) * job.share);
  for (let plane = index * job.share; plane < end; plane++) {
    const c = <usize>(plane % job.channels);
    const state = job.sums + c * STATE;
    const skip = <usize>plane * bytes;
    pullRow(
      job.x + skip, job.dy + skip, job.dx + skip, job.pixels, v128.load32_splat(job.mean + (c << 2)),
      v128.load32_splat(state), v128.load32_splat(state + 4), v128.load32_splat(state + 8),
    );
  }
}

@inline
function pullRow(x: usize, dy: usize, dx: usize, n: i32, center: v128, factor: v128, shift: v128, slope: v128): void {
  const end = x + (<usize>(n & ~3) << 2);
  for (; x < end; x += 16, dy += 16, dx += 16) {
    v128.store(dx, pulled(v128.load(x), v128.load(dy), center, factor, shift, slope));
  }
  if (n & 3) storeLanes(dx, pulled(v128.load(x), v128.load(dy), center, factor, shift, slope), n & 3);
}
