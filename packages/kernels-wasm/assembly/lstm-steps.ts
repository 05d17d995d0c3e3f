import { packColumns, packedBytes, timesPacked } from './gemm';
import { newJob, runJob, tasksOf } from './jobs';
import { copyBytes } from './layout';
import { cellGrads, cells } from './lstm';
import { PRODUCT } from './matmul';

/** Rows of a batch that a task takes through all of time: enough for what a packed weight costs to read. */
const ROWS: i32 = 8;
/** Nanoseconds of a unit in a step, besides its products. */
const UNIT: f32 = 10;

/**
 * A long short-term memory over time, or its gradient. The rows of a batch know nothing of each other, so a task takes some of them through
 * all steps, and no thread waits for another in between.
 */
@unmanaged
class Steps {
  steps: i32;
  rows: i32;
  width: i32;
  reverse: bool;
  /** `[steps, rows, 4, width]`: the input's part of the gates, or the gates after their activations. */
  gates: usize;
  /** The weight `[4 width, width]`, packed. */
  packed: usize;
  /** `[rows, width]`: the states before the first step. */
  h: usize;
  c: usize;
  /** `[2, steps, rows, width]`: h, then c after each step. */
  states: usize;
  /** `[steps, rows, 4, width]`: the activated gates, or the gradient by the gates. */
  out: usize;
  /** The gradients by the states, `[2, steps, rows, width]`, and by the first ones. */
  dstates: usize;
  dh: usize;
  dc: usize;
}

/** Bytes for the packed weight. */
export function lstmScratch(width: i32): usize {
  return max(packedBytes(width, 4 * width), packedBytes(4 * width, width));
}

/** All steps after the input's products: the states and the activated gates of each. */
export function lstm(
  projected: usize, weight: usize, h: usize, c: usize, states: usize, active: usize,
  steps: i32, rows: i32, width: i32, reverse: bool, scratch: usize,
): void {
  packColumns(scratch, weight, 4, <usize>width << 2, width, 4 * width, 0, 4 * width);
  const job = newSteps(steps, rows, width, reverse, scratch, c, states);
  job.gates = projected;
  job.h = h;
  job.out = active;
  run(forwards, job);
}

/** From the gradients by the states of all steps: those by the gates of all steps, and by the first states. */
export function lstmGrad(
  active: usize, weight: usize, c: usize, states: usize, dstates: usize, dgates: usize, dh: usize, dc: usize,
  steps: i32, rows: i32, width: i32, reverse: bool, scratch: usize,
): void {
  packColumns(scratch, weight, <usize>width << 2, 4, 4 * width, width, 0, width);
  const job = newSteps(steps, rows, width, reverse, scratch, c, states);
  job.gates = active;
  job.out = dgates;
  job.dstates = dstates;
  job.dh = dh;
  job.dc = dc;
  run(backwards, job);
}

@inline
function newSteps(steps: i32, rows: i32, width: i32, reverse: bool, packed: usize, c: usize, states: usize): Steps {
  const job = changetype<Steps>(newJob());
  job.steps = steps;
  job.rows = rows;
  job.width = width;
  job.reverse = reverse;
  job.packed = packed;
  job.c = c;
  job.states = states;
  return job;
}

@inline
function run(task: (job: usize, index: i32, workspace: usize) => void, job: Steps): void {
  const units = <f32>job.steps * <f32>job.rows * <f32>job.width;
  runJob(task, tasksOf(job.rows, ROWS), units * (UNIT + 4 * PRODUCT * <f32>job.width));
}

function forwards(at: usize, index: i32, workspace: usize): void {
  const s = changetype<Steps>(at);
  const width = s.width;
  const first = index * ROWS;
  const rows = min(ROWS, s.rows - first);
  const bytes = <usize>width << 2;
  const skip = <usize>first * bytes, step = <usize>s.rows * bytes;
  const cellsAt = s.states + <usize>s.steps * step;
  let h = s.h + skip;
  let c = s.c + skip;
  for (let i = 0; i < s.steps; i++) {
    const time = <usize>(s.reverse ? s.steps - 1 - i : i);
    const place = time * step + skip;
    const active = s.out + 4 * place;
    copyBytes(s.gates + 4 * place, active, <usize>rows * 4 * bytes);
    timesPacked(rows, 4 * width, width, h, bytes, 4, s.packed, active, 4 * bytes, true, workspace);
    h = s.states + place;
    const next = cellsAt + place;
    cells(active, c, h, next, active, rows, width);
    c = next;
  }
}

function backwards(at: usize, index: i32, workspace: usize): void {
  const s = changetype<Steps>(at);
  const width = s.width;
  const first = index * ROWS;
  const rows = min(ROWS, s.rows - first);
  const bytes = <usize>width << 2;
  const skip = <usize>first * bytes, step = <usize>s.rows * bytes, size = <usize>rows * bytes;
  const half = <usize>s.steps * step;
  const dh = s.dh + skip, dc = s.dc + skip;
  memory.fill(dh, 0, size);
  memory.fill(dc, 0, size);
  for (let i = s.steps - 1; i >= 0; i--) {
    const time = s.reverse ? s.steps - 1 - i : i;
    const place = <usize>time * step + skip;
    add(dh, s.dstates + place, size);
    add(dc, s.dstates + half + place, size);
    const before = i == 0 ? s.c + skip : s.states + half + <usize>(s.reverse ? time + 1 : time - 1) * step + skip;
    const dgates = s.out + 4 * place;
    cellGrads(s.gates + 4 * place, before, s.states + half + place, dh, dc, dgates, dc, rows, width);
    timesPacked(rows, width, 4 * width, dgates, 4 * bytes, 4, s.packed, dh, bytes, false, workspace);
  }
}

/** Adds `bytes` of floats. */
function add(to: usize, from: usize, bytes: usize): void {
  let i: usize = 0;
  for (; i + 16 <= bytes; i += 16) v128.store(to + i, f32x4.add(v128.load(to + i), v128.load(from + i)));
  for (; i < bytes; i += 4) store<f32>(to + i, load<f32>(to + i) + load<f32>(from + i));
}
