import { align } from './common';
import { Conv, POINTWISE_BATCH, writePointwiseBatch } from './conv-geometry';
import { DIRECT_ROWS, correlate, correlateWorkspace } from './correlate';
import { foldPatches } from './fold';
import { gemm, gemmWorkspace } from './gemm';
import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { PRODUCT, matmul } from './matmul';
import { transposeBlock } from './transpose';

/** Tasks of a job, at most, and products of one, at least. */
const TASKS: i32 = 256;
const TASK_PRODUCTS: f64 = 500_000;

/** Bytes of folded patches made at a time. */
const FOLD_BYTES: i32 = 512 << 10;

/**
 * Whether the input gradient is a correlation of dy with the mirrored kernel; else patches are made and folded.
 * In eighths of a cycle for each tap: a product costs 1, a packed element 3, one that is made, stored and folded 8 (measured).
 */
function gradIsCorrelation(s: Conv): bool {
  if (s.strideY != 1 || s.strideX != 1) return false;
  if (s.outChannels == 1 && s.inChannels <= DIRECT_ROWS) return true;
  const correlation = <f64>s.pixels * s.outChannels * (s.inChannels + 3);
  const folding = <f64>s.outPixels * s.inChannels * (s.outChannels + 8);
  return correlation <= folding;
}

/** Rows or columns of dy that the mirrored kernel meets. */
@inline
function mirroredExtent(extent: i32, taps: i32, dilation: i32): i32 {
  return extent + dilation * (taps - 1);
}

@inline
function foldChannels(s: Conv): i32 {
  return max(1, min(s.inChannels, FOLD_BYTES / max(1, s.taps * s.outPixels << 2)));
}

/** Bytes of workspace for {@link conv2dInputGrad}. */
export function conv2dInputGradWorkspace(p: usize): usize {
  const s = changetype<Conv>(p);
  if (!gradIsCorrelation(s)) return gemmWorkspace() + align(<usize>(foldChannels(s) * s.taps * s.outPixels) << 2);
  return max(gemmWorkspace(), correlateWorkspace(
    s.batch, s.outChannels, s.inChannels, s.taps, s.pixels,
    mirroredExtent(s.height, s.kernelHeight, s.dilationY), mirroredExtent(s.width, s.kernelWidth, s.dilationX), 1, 1,
  ));
}

/** Bytes of scratch for all threads that {@link conv2dInputGrad} needs: the weights in another order. */
export function conv2dInputGradScratch(p: usize): usize {
  const s = changetype<Conv>(p);
  return align(<usize>(s.groups * s.outChannels * s.inChannels * s.taps) << 2);
}

/** $dx = w^\top dy$, in parallel. */
export function conv2dInputGrad(p: usize, dy: usize, w: usize, dx: usize, scratch: usize): void {
  const s = changetype<Conv>(p);
  if (!s.isPointwise && gradIsCorrelation(s)) {
    reorderWeights(mirrorTask, p, w, scratch);
    correlate(
      s.batch, s.groups, dy, s.outChannels, s.outHeight, s.outWidth,
      mirroredExtent(s.height, s.kernelHeight, s.dilationY), mirroredExtent(s.width, s.kernelWidth, s.dilationX),
      s.dilationY * (s.kernelHeight - 1) - s.padY, s.dilationX * (s.kernelWidth - 1) - s.padX, 1, 1,
      scratch, s.kernelHeight, s.kernelWidth, s.dilationY, s.dilationX, dx, s.inChannels, s.height, s.width,
    );
    return;
  }
  reorderWeights(transposeTask, p, w, scratch);
  const outBytes = <usize>s.outPixels << 2;
  if (s.isPointwise) {
    writePointwiseBatch(s, s.inChannels * s.outChannels, s.outChannels * s.pixels);
    matmul(
      s.inChannels, s.pixels, s.outChannels, scratch, <usize>s.outChannels << 2, 4, dy, outBytes, 4, dx, 2, p + POINTWISE_BATCH, 0,
    );
    return;
  }
  const fold = changetype<Fold>(newJob());
  fold.conv = p;
  fold.dy = dy;
  fold.weights = scratch;
  fold.dx = dx;
  fold.channels = foldChannels(s);
  fold.blocks = tasksOf(s.inChannels, fold.channels);
  fold.units = s.batch * s.groups * fold.blocks;
  const work = <f64>s.batch * s.groups * s.inChannels * s.taps * s.outPixels * (s.outChannels + 8);
  fold.share = shareOf(fold.units, work, TASK_PRODUCTS, TASKS);
  runJob(foldTask, tasksOf(fold.units, fold.share), PRODUCT * <f32>work);
}

/** An input gradient by folding, in units: some channels of one group of one image. */
@unmanaged
class Fold {
  conv: usize;
  dy: usize;
  weights: usize;
  dx: usize;
  channels: i32;
  blocks: i32;
  units: i32;
  share: i32;
}

function foldTask(job: usize, index: i32, workspace: usize): void {
  const fold = changetype<Fold>(job);
  const s = changetype<Conv>(fold.conv);
  const taps = s.taps;
  const outBytes = <usize>s.outPixels << 2;
  const inBytes = <usize>s.pixels << 2;
  const weightRow = <usize>s.outChannels << 2;
  const folded = workspace + gemmWorkspace();
  const end = min(fold.units, (index + 1) * fold.share);
  for (let unit = index * fold.share; unit < end; unit++) {
    const i = unit / fold.blocks;
    const first = (unit - i * fold.blocks) * fold.channels;
    const channels = min(fold.channels, s.inChannels - first);
    const weights = fold.weights + <usize>((i % s.groups * s.inChannels + first) * taps) * weightRow;
    const to = fold.dx + <usize>(i * s.inChannels + first) * inBytes;
    gemm(
      channels * taps, s.outPixels, s.outChannels, weights, weightRow, 4,
      fold.dy + <usize>(i * s.outChannels) * outBytes, outBytes, 4, folded, outBytes, false, workspace,
    );
    memory.fill(to, 0, <usize>channels * inBytes);
    foldPatches(s, folded, channels, to);
  }
}

/** Weights into another order, in tasks: a few input channels of a group each. */
@unmanaged
class Reorder {
  conv: usize;
  from: usize;
  to: usize;
  units: i32;
  share: i32;
}

@inline
function reorderWeights(task: (job: usize, index: i32, workspace: usize) => void, p: usize, from: usize, to: usize): void {
  const s = changetype<Conv>(p);
  const job = changetype<Reorder>(newJob());
  job.conv = p;
  job.from = from;
  job.to = to;
  job.units = s.groups * s.inChannels;
  const elements = <f64>job.units * s.outChannels * s.taps;
  job.share = shareOf(job.units, elements, 16384, TASKS);
  runJob(task, tasksOf(job.units, job.share), <f32>elements);
}

/** `to[g][c][t][o] = from[g][o][c][t]`. */
function transposeTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<Reorder>(at);
  const s = changetype<Conv>(job.conv);
  const depth = s.inChannels * s.taps;
  let unit = index * job.share;
  const end = min(job.units, unit + job.share);
  while (unit < end) {
    const g = unit / s.inChannels;
    const c = unit - g * s.inChannels;
    const channels = min(s.inChannels - c, end - unit);
    const from = job.from + (<usize>(g * s.outChannels * depth + c * s.taps) << 2);
    const to = job.to + (<usize>((g * depth + c * s.taps) * s.outChannels) << 2);
    transposeBlock(to, <usize>s.outChannels << 2, from, <usize>depth << 2, s.outChannels, channels * s.taps);
    unit += channels;
  }
}

/** `to[g][c][o][t] = from[g][o][c][taps - 1 - t]`. */
function mirrorTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<Reorder>(at);
  const s = changetype<Conv>(job.conv);
  const taps = s.taps;
  const outChannels = s.outChannels;
  const kernelBytes = <usize>taps << 2;
  const end = min(job.units, (index + 1) * job.share);
  for (let unit = index * job.share; unit < end; unit++) {
    const g = unit / s.inChannels;
    const c = unit - g * s.inChannels;
    let to = job.to + <usize>(unit * outChannels) * kernelBytes;
    for (let o = 0; o < outChannels; o++) {
      let from = job.from + <usize>((g * outChannels + o) * s.inChannels + c + 1) * kernelBytes;
      for (let t = 0; t < taps; t++) {
        from -= 4;
        store<f32>(to, load<f32>(from));
        to += 4;
      }
    }
  }
}
