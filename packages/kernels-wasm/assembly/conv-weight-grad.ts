import { align } from './common';
import { Conv } from './conv-geometry';
import { depthwiseWeightGrad } from './depthwise';
import { packPanels } from './gemm';
import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { PRODUCT } from './matmul';
import { phaseExtent, stage, stagedChannelBytes, writeTaps } from './staging';
import { NR, PANEL_ROW, tile1x16, tile2x16, tile4x8 } from './tiles';
import { transposeBlock } from './transpose';

/** Tasks that a gradient is cut into, about; products of one, at least. */
const TASKS: i32 = 16;
const TASK_PRODUCTS: f64 = 1_000_000;
/** Rows of patches that pay for packing dy. */
const BLOCK_ROWS: i32 = 256;
/** Bytes of all sums, at most, where there is more than one split. */
const SUMS_BYTES: i32 = 16 << 20;

/** Output pixels that are summed before a weight gradient is touched. */
const GRAD_DEPTH: i32 = 256;

/** Kernels read up to a line past staged images. */
const GUARD: usize = 64;

@inline
function gradRows(s: Conv): i32 {
  const most = max(1, GRAD_DEPTH / max(1, s.outWidth));
  const blocks = (s.outHeight + most - 1) / most;
  return (s.outHeight + blocks - 1) / max(1, blocks);
}

/** Bytes of the sums of one split: `[groups][channel, tap][outChannels, padded]`. */
@inline
function sumBytes(s: Conv): usize {
  return <usize>(s.groups * s.inChannels * s.taps) * sumRowOf(s);
}

@inline
function sumRowOf(s: Conv): usize {
  return <usize>((s.outChannels + NR - 1) / NR) * PANEL_ROW;
}

/** Bytes of workspace for {@link conv2dWeightGrad}. */
export function conv2dWeightGradWorkspace(p: usize): usize {
  const s = changetype<Conv>(p);
  const channelBytes = stagedChannelBytes(s.height + 2 * s.padY, s.width + 2 * s.padX, s.strideY, s.strideX);
  return (
    align(<usize>s.taps << 2) + <usize>(gradRows(s) * s.outWidth) * sumRowOf(s) +
    align(<usize>(s.inChannels * s.taps + 4) << 2) + align(channelBytes * <usize>s.inChannels) + GUARD
  );
}

/** Bytes of scratch for all threads that {@link conv2dWeightGrad} needs. */
export function conv2dWeightGradScratch(p: usize): usize {
  const s = changetype<Conv>(p);
  return sumBytes(s) * <usize>splitsOf(s);
}

/** Tasks that are wanted for this much work. */
@inline
function wantedTasks(s: Conv): i32 {
  return <i32>max(1, min(<f64>TASKS, productsOf(s) / TASK_PRODUCTS));
}

@inline
function productsOf(s: Conv): f64 {
  return <f64>s.batch * s.groups * s.outChannels * s.inChannels * s.taps * s.outPixels;
}

/** Blocks that the groups are cut into first: they share nothing. */
@inline
function groupBlocks(s: Conv): i32 {
  return tasksOf(s.groups, tasksOf(s.groups, min(s.groups, wantedTasks(s))));
}

/** Blocks of channels of a group: each packs the whole of dy, so it has many rows to do with it. */
@inline
function channelBlocks(s: Conv): i32 {
  const wanted = tasksOf(wantedTasks(s), groupBlocks(s));
  const blocks = max(1, min(wanted, min(s.inChannels, s.inChannels * s.taps / BLOCK_ROWS)));
  return tasksOf(s.inChannels, tasksOf(s.inChannels, blocks));
}

/** Parts of the batch that are summed on their own, as far as there is room for their sums. */
function splitsOf(s: Conv): i32 {
  const wanted = tasksOf(wantedTasks(s), groupBlocks(s) * channelBlocks(s));
  const room = <i32>min(<f64>TASKS, <f64>SUMS_BYTES / max(1, <f64>sumBytes(s)));
  const splits = max(1, min(min(wanted, s.batch), room));
  return tasksOf(s.batch, tasksOf(s.batch, splits));
}

/** A weight gradient: first sums of parts of the batch, then their sum. Its tasks depend on the shape alone. */
@unmanaged
class WeightGrad {
  conv: usize;
  x: usize;
  dy: usize;
  dw: usize;
  sums: usize;
  splits: i32;
  groupBlocks: i32;
  channelBlocks: i32;
  share: i32;
}

/** $dw = dy \star x$, in parallel. */
export function conv2dWeightGrad(p: usize, x: usize, dy: usize, dw: usize, scratch: usize): void {
  const s = changetype<Conv>(p);
  const job = changetype<WeightGrad>(newJob());
  job.conv = p;
  job.x = x;
  job.dy = dy;
  job.dw = dw;
  job.sums = scratch;
  job.splits = splitsOf(s);
  job.groupBlocks = groupBlocks(s);
  job.channelBlocks = channelBlocks(s);
  runJob(sumTask, job.splits * job.groupBlocks * job.channelBlocks, PRODUCT * <f32>productsOf(s));
  const channels = s.groups * s.inChannels;
  const elements = <f64>channels * s.taps * s.outChannels * job.splits;
  job.share = shareOf(channels, elements, 16384, 256);
  runJob(combineTask, tasksOf(channels, job.share), 0.5 * <f32>elements);
}

/** The sums of one part of the batch, for a block of groups and a block of their channels. */
function sumTask(at: usize, index: i32, workspace: usize): void {
  const job = changetype<WeightGrad>(at);
  const s = changetype<Conv>(job.conv);
  const blocks = job.groupBlocks * job.channelBlocks;
  const split = index / blocks;
  const groupBlock = (index - split * blocks) / job.channelBlocks;
  const channelBlock = index - split * blocks - groupBlock * job.channelBlocks;
  const taps = s.taps;
  const sumRow = sumRowOf(s);
  const extentY = s.height + 2 * s.padY;
  const extentX = s.width + 2 * s.padX;
  const channelBytes = stagedChannelBytes(extentY, extentX, s.strideY, s.strideX);
  const pitch = <usize>phaseExtent(extentX, s.strideX) << 2;
  const block = tasksOf(s.inChannels, job.channelBlocks);
  const firstChannel = channelBlock * block;
  const channels = min(block, s.inChannels - firstChannel);
  const depth = channels * taps;
  const images = tasksOf(s.batch, job.splits);
  const groups = tasksOf(s.groups, job.groupBlocks);
  const endGroup = min(s.groups, (groupBlock + 1) * groups);

  const offsets = workspace;
  const packed = offsets + align(<usize>taps << 2);
  const rows = packed + <usize>(gradRows(s) * s.outWidth) * sumRow;
  const staged = rows + align(<usize>(depth + 4) << 2);
  writeTaps(offsets, s.kernelHeight, s.kernelWidth, s.dilationY, s.dilationX, s.strideY, s.strideX, extentY, extentX);
  writeRows(rows, staged, channelBytes, channels, offsets, taps);
  for (let g = groupBlock * groups; g < endGroup; g++) {
    const target = job.sums + <usize>split * sumBytes(s) + <usize>((g * s.inChannels + firstChannel) * taps) * sumRow;
    memory.fill(target, 0, <usize>depth * sumRow);
    if (s.outPixels == 0) continue;
    const end = min(s.batch, (split + 1) * images);
    for (let n = split * images; n < end; n++) {
      const image = n * s.groups + g;
      stage(
        staged, job.x + (<usize>((image * s.inChannels + firstChannel) * s.pixels) << 2), channels, s.height, s.width,
        extentY, extentX, s.padY, s.padX, s.strideY, s.strideX,
      );
      const gradient = job.dy + (<usize>(image * s.outChannels * s.outPixels) << 2);
      if (s.inChannels == 1 && s.outChannels == 1) {
        depthwiseWeightGrad(staged, pitch, gradient, offsets, taps, target, sumRow, s.outHeight, s.outWidth);
      } else {
        addWeightGrad(s, rows, depth, pitch, gradient, packed, target, sumRow);
      }
    }
  }
}

/** Adds the parts up, always in the same order, and turns the sums of some channels into rows of dw. */
function combineTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<WeightGrad>(at);
  const s = changetype<Conv>(job.conv);
  const taps = s.taps;
  const depth = s.inChannels * taps;
  const sumRow = sumRowOf(s);
  const first = index * job.share;
  const end = min(s.groups * s.inChannels, first + job.share);
  const from = job.sums + <usize>(first * taps) * sumRow;
  const bytes = <usize>((end - first) * taps) * sumRow;
  for (let split = 1; split < job.splits; split++) addVectors(from, from + <usize>split * sumBytes(s), bytes);
  for (let channel = first; channel < end; ) {
    const g = channel / s.inChannels;
    const c = channel - g * s.inChannels;
    const channels = min(s.inChannels - c, end - channel);
    transposeBlock(
      job.dw + (<usize>(g * s.outChannels * depth + c * taps) << 2), <usize>depth << 2,
      job.sums + <usize>(channel * taps) * sumRow, sumRow, channels * taps, s.outChannels,
    );
    channel += channels;
  }
}

function addVectors(to: usize, from: usize, bytes: usize): void {
  for (const end = to + bytes; to < end; to += 16, from += 16) v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
}

/** Where each row of the patches starts, for {@link addWeightGrad}. */
function writeRows(to: usize, staged: usize, channelBytes: usize, channels: i32, offsets: usize, taps: i32): void {
  for (let c = 0; c < channels; c++) {
    for (let t: usize = 0; t < <usize>taps; t++) {
      store<u32>(to, staged + load<u32>(offsets + (t << 2)));
      to += 4;
    }
    staged += channelBytes;
  }
}

/** `sums[row] += patches[row] · dyᵀ` for one image: the patches are read in place, dy is packed. */
function addWeightGrad(
  s: Conv, rows: usize, depth: i32, pitch: usize, dy: usize, packed: usize, sums: usize, sumRow: usize,
): void {
  const width = s.outWidth;
  const skip = pitch - (<usize>width << 2);
  const block = gradRows(s);
  for (let y = 0; y < s.outHeight; y += block) {
    const height = min(block, s.outHeight - y);
    const length = height * width;
    packPanels(packed, dy + (<usize>(y * width) << 2), 4, <usize>s.outPixels << 2, length, s.outChannels);
    const down = <usize>y * pitch;
    for (let o = 0; o < s.outChannels; o += NR) {
      const b = packed + (<usize>(o * length) << 2);
      let c = sums + (<usize>o << 2);
      let r = 0;
      if (s.outChannels - o <= 8) {
        for (; r + 4 <= depth; r += 4) {
          const at = rows + (<usize>r << 2);
          tile4x8(
            height, width, load<usize>(at) + down, load<usize>(at, 4) + down, load<usize>(at, 8) + down,
            load<usize>(at, 12) + down, 4, skip, b, PANEL_ROW, c, sumRow, true,
          );
          c += sumRow << 2;
        }
      }
      for (; r + 2 <= depth; r += 2) {
        const at = rows + (<usize>r << 2);
        tile2x16(height, width, load<usize>(at) + down, load<usize>(at, 4) + down, 4, skip, b, PANEL_ROW, c, sumRow, true);
        c += sumRow << 1;
      }
      if (r < depth) tile1x16(height, width, load<usize>(rows + (<usize>r << 2)) + down, 4, skip, b, PANEL_ROW, c, true);
    }
  }
}
