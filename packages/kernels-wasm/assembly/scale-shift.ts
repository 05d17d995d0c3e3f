import { madd, storeLanes } from './common';
import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { put } from './tails';

/** Elements of a task, at least, and tasks at most. */
const TASK: f64 = 16384;
const TASKS: i32 = 256;
/** Nanoseconds of an element. */
const ELEMENT: f32 = 0.25;

@unmanaged
class ScaleShift {
  x: usize;
  a: usize;
  b: usize;
  y: usize;
  channels: i32;
  pixels: i32;
  /** Planes, or images of one pixel, and how many of them a task takes. */
  units: i32;
  share: i32;
}

/** y = a x + b with a and b `[channels]`: x `[images, channels, pixels]`. */
export function scaleShift(x: usize, a: usize, b: usize, y: usize, images: i32, channels: i32, pixels: i32): void {
  const elements = <f64>images * channels * pixels;
  const job = changetype<ScaleShift>(newJob());
  job.x = x;
  job.a = a;
  job.b = b;
  job.y = y;
  job.channels = channels;
  job.pixels = pixels;
  job.units = pixels == 1 ? images : images * channels;
  job.share = shareOf(job.units, elements, TASK, TASKS);
  runJob(pixels == 1 ? rowsTask : planesTask, tasksOf(job.units, job.share), ELEMENT * <f32>elements);
}

function planesTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<ScaleShift>(at);
  const bytes = <usize>job.pixels << 2;
  const end = min(job.units, (index + 1) * job.share);
  for (let plane = index * job.share; plane < end; plane++) {
    const channel = <usize>(plane % job.channels) << 2;
    const skip = <usize>plane * bytes;
    normalizeRow(job.x + skip, job.y + skip, job.pixels, 0, load<f32>(job.a + channel), load<f32>(job.b + channel));
  }
}

function rowsTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<ScaleShift>(at);
  const channels = job.channels;
  const a = job.a, b = job.b;
  const end = min(job.units, (index + 1) * job.share);
  for (let row = index * job.share; row < end; row++) {
    const skip = <usize>(row * channels) << 2;
    const x = job.x + skip, y = job.y + skip;
    for (let c = 0; c < channels; c += 4) {
      const at = <usize>c << 2;
      put(y + at, madd(v128.load(x + at), v128.load(a + at), v128.load(b + at)), channels - c);
    }
  }
}

/** $s (x - \mu) + b$ of `n` floats. */
@inline
export function normalizeRow(x: usize, y: usize, n: i32, mean: f32, scale: f32, shift: f32): void {
  const center = f32x4.splat(mean), factor = f32x4.splat(scale), offset = f32x4.splat(shift);
  const end = x + (<usize>(n & ~3) << 2);
  for (; x < end; x += 16, y += 16) v128.store(y, madd(f32x4.sub(v128.load(x), center), factor, offset));
  if (n & 3) storeLanes(y, madd(f32x4.sub(v128.load(x), center), factor, offset), n & 3);
}
