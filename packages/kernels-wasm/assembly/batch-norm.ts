import { normColumns } from './batch-norm-columns';
import {
  BatchNorm, STATE, endChannel, endImage, endSummed, firstChannel, firstImage, firstSummed, inPasses, overColumns, sumsOf,
} from './batch-norm-job';
import { newJob, tasksOf } from './jobs';
import { inverseStd, rowSquares, rowSum } from './moments';
import { normalizeRow } from './scale-shift';

/** Nanoseconds of an element in one pass, and of one in a column. */
const ELEMENT: f32 = 0.2;
const COLUMN_ELEMENT: f32 = 1;

/** Batch norm of x `[images, channels, pixels]` by its own moments, which are written, too. */
export function batchNorm(
  x: usize, weight: usize, bias: usize, y: usize, mean: usize, variance: usize, eps: f32,
  images: i32, channels: i32, pixels: i32, scratch: usize,
): void {
  const job = changetype<BatchNorm>(newJob());
  job.x = x;
  job.weight = weight;
  job.bias = bias;
  job.y = y;
  job.mean = mean;
  job.variance = variance;
  job.eps = eps;
  job.images = images;
  job.channels = channels;
  job.pixels = pixels;
  job.sums = scratch;
  if (pixels == 1) overColumns(job, columnsTask, COLUMN_ELEMENT);
  else inPasses(job, sumTask, combineTask, normTask, ELEMENT);
}

function columnsTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<BatchNorm>(at);
  normColumns(job, index * job.share, min(job.channels, (index + 1) * job.share));
}

/** The sum of each channel and of its squares, plane by plane (Chan et al., 1979): a plane is still in the cache when its squares are summed. */
function sumTask(at: usize, piece: i32, _workspace: usize): void {
  const job = changetype<BatchNorm>(at);
  const pixels = job.pixels;
  const bytes = <usize>pixels << 2;
  const size = <f64>pixels;
  const first = firstImage(job, piece), end = endImage(job, piece);
  const channel = firstChannel(job, piece), endOf = endChannel(job, piece);
  const sums = sumsOf(job, piece, channel);
  memory.fill(sums, 0, <usize>(endOf - channel) * STATE);
  for (let i = first; i < end; i++) {
    const before = <f64>(i - first) * size;
    let x = job.x + <usize>(i * job.channels + channel) * bytes;
    for (let c = channel, state = sums; c < endOf; c++, state += STATE, x += bytes) {
      const own = rowSum(x, pixels);
      const center = <f32>(own / size);
      const lost = own / size - <f64>center;
      let squares = rowSquares(x, pixels, f32x4.splat(center)) - size * lost * lost;
      const sum = load<f64>(state);
      if (i > first) {
        const apart = own / size - sum / before;
        squares += apart * apart * before * size / (before + size);
      }
      store<f64>(state, sum + own);
      store<f64>(state, load<f64>(state, 8) + squares, 8);
    }
  }
}

/** The moments of some channels. */
function combineTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<BatchNorm>(at);
  const size = <f64>job.pixels;
  const row = <usize>job.channels * STATE;
  const images = tasksOf(job.images, job.splits);
  const end = endSummed(job, index);
  for (let c = firstSummed(index); c < end; c++) {
    const state = job.sums + <usize>c * STATE;
    const stop = state + <usize>job.splits * row;
    let sum: f64 = 0;
    for (let part = state; part < stop; part += row) sum += load<f64>(part);
    const mean = sum / (<f64>job.images * size);
    let squares: f64 = 0;
    let left = job.images;
    for (let part = state; part < stop; part += row, left -= images) {
      const count = <f64>min(images, left) * size;
      const apart = load<f64>(part) / count - mean;
      squares += load<f64>(part, 8) + apart * apart * count;
    }
    store<f32>(job.mean + (<usize>c << 2), <f32>mean);
    store<f32>(job.variance + (<usize>c << 2), <f32>(squares / (<f64>job.images * size)));
  }
}

function normTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<BatchNorm>(at);
  const bytes = <usize>job.pixels << 2;
  const end = min(job.images * job.channels, (index + 1) * job.share);
  for (let plane = index * job.share; plane < end; plane++) {
    const at = <usize>(plane % job.channels) << 2;
    const skip = <usize>plane * bytes;
    const factor = load<f32>(job.weight + at) * inverseStd(load<f32>(job.variance + at), job.eps);
    normalizeRow(job.x + skip, job.y + skip, job.pixels, load<f32>(job.mean + at), factor, load<f32>(job.bias + at));
  }
}
