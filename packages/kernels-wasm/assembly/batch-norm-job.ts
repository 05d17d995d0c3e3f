import { runJob, shareOf, tasksOf } from './jobs';

/** Elements of a task, at least, and tasks at most. */
const TASK: f64 = 16384;
const TASKS: i32 = 64;
/** Pieces that moments are cut into, at most: their sums are added up in turn. */
const PIECES: i32 = 16;
/** Channels whose sums a task adds up, and nanoseconds for one of them. */
const SUMMED: i32 = 64;
const SUM: f32 = 5;
/** Channels of a task where a channel is a column: a cache line of each row. */
const COLUMNS: i32 = 16;
/** Bytes of what is summed of a channel in one piece. */
export const STATE: usize = 16;

/**
 * A batch norm of x `[images, channels, pixels]`, or its gradient, in three jobs: sums of pieces, which are some images each, or some
 * channels of one; the sums of those for each channel; then all planes. Each goes through memory in order.
 */
@unmanaged
export class BatchNorm {
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
  images: i32;
  channels: i32;
  pixels: i32;
  /** What is summed: `[splits, channels]`. */
  sums: usize;
  /** Parts of the images, and blocks of the channels. */
  splits: i32;
  blocks: i32;
  /** Planes, or channels that are columns, of a task. */
  share: i32;
}

/** Bytes of scratch for all threads that batch norm and its gradient need. */
export function batchNormScratch(images: i32, channels: i32, pixels: i32): usize {
  return <usize>(splitsOf(images, piecesOf(images, channels, pixels)) * channels) * STATE;
}

@inline
function piecesOf(images: i32, channels: i32, pixels: i32): i32 {
  return <i32>max(1, min(<f64>PIECES, <f64>images * channels * pixels / TASK));
}

@inline
function splitsOf(images: i32, pieces: i32): i32 {
  return max(1, tasksOf(images, max(1, tasksOf(images, pieces))));
}

/** Runs `sum` over all pieces, `combine` over blocks of channels, `apply` over all planes; each pass takes `nanoseconds` for an element. */
@inline
export function inPasses(
  job: BatchNorm, sum: (job: usize, index: i32, workspace: usize) => void, combine: (job: usize, index: i32, workspace: usize) => void,
  apply: (job: usize, index: i32, workspace: usize) => void, nanoseconds: f32,
): void {
  const elements = <f64>job.images * job.channels * job.pixels;
  const pieces = piecesOf(job.images, job.channels, job.pixels);
  job.splits = splitsOf(job.images, pieces);
  job.blocks = max(1, min(job.channels, pieces / job.splits));
  runJob(sum, job.splits * job.blocks, nanoseconds * <f32>elements);
  runJob(combine, tasksOf(job.channels, SUMMED), SUM * <f32>(job.channels * job.splits));
  const planes = job.images * job.channels;
  job.share = shareOf(planes, elements, TASK, TASKS);
  runJob(apply, tasksOf(planes, job.share), nanoseconds * <f32>elements);
}

/** Runs `task` over the columns of x `[images, channels]`. */
@inline
export function overColumns(job: BatchNorm, task: (job: usize, index: i32, workspace: usize) => void, nanoseconds: f32): void {
  const elements = <f64>job.images * job.channels;
  job.share = shareOf(tasksOf(job.channels, COLUMNS), elements, TASK, TASKS) * COLUMNS;
  runJob(task, tasksOf(job.channels, job.share), nanoseconds * <f32>elements);
}

@inline
export function firstImage(job: BatchNorm, piece: i32): i32 {
  return min(job.images, piece / job.blocks * tasksOf(job.images, job.splits));
}

@inline
export function endImage(job: BatchNorm, piece: i32): i32 {
  return min(job.images, (piece / job.blocks + 1) * tasksOf(job.images, job.splits));
}

@inline
export function firstChannel(job: BatchNorm, piece: i32): i32 {
  return min(job.channels, piece % job.blocks * tasksOf(job.channels, job.blocks));
}

@inline
export function endChannel(job: BatchNorm, piece: i32): i32 {
  return min(job.channels, (piece % job.blocks + 1) * tasksOf(job.channels, job.blocks));
}

/** Where the sums of a channel in the part of `piece` are. */
@inline
export function sumsOf(job: BatchNorm, piece: i32, channel: i32): usize {
  return job.sums + <usize>(piece / job.blocks * job.channels + channel) * STATE;
}

@inline
export function firstSummed(index: i32): i32 {
  return index * SUMMED;
}

@inline
export function endSummed(job: BatchNorm, index: i32): i32 {
  return min(job.channels, (index + 1) * SUMMED);
}
