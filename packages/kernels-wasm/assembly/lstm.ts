import { madd } from './common';
import { newJob, runJob, shareOf, tasksOf } from './jobs';
import { sigmoid, tanh } from './math';
import { putIn } from './tails';

/** Units of a task, at least, and tasks at most. */
const TASK: f64 = 512;
const TASKS: i32 = 256;
/** Nanoseconds of a unit, and of its gradient. */
const UNIT: f32 = 12;
const UNIT_GRAD: f32 = 5;

/** A step, or its gradient, in tasks of some rows each. */
@unmanaged
class Cell {
  /** `[rows, 4, width]`. */
  gates: usize;
  active: usize;
  /** `[rows, width]`. */
  c: usize;
  nextC: usize;
  nextH: usize;
  dh: usize;
  dc: usize;
  dlast: usize;
  rows: i32;
  width: i32;
  share: i32;
}

@inline
function newCell(gates: usize, active: usize, c: usize, nextC: usize, rows: i32, width: i32): Cell {
  const job = changetype<Cell>(newJob());
  job.gates = gates;
  job.active = active;
  job.c = c;
  job.nextC = nextC;
  job.rows = rows;
  job.width = width;
  return job;
}

@inline
function overRows(task: (job: usize, index: i32, workspace: usize) => void, job: Cell, nanoseconds: f32): void {
  const units = <f64>job.rows * job.width;
  job.share = shareOf(job.rows, units, TASK, TASKS);
  runJob(task, tasksOf(job.rows, job.share), nanoseconds * <f32>units);
}

/**
 * One step of a long short-term memory after its products: gates `[rows, 4, width]` are those of input, forget, cell and output. Writes
 * the next h and c, and the gates after their activations.
 */
export function lstmCell(gates: usize, c: usize, nextH: usize, nextC: usize, active: usize, rows: i32, width: i32): void {
  const job = newCell(gates, active, c, nextC, rows, width);
  job.nextH = nextH;
  overRows(cellTask, job, UNIT);
}

function cellTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<Cell>(at);
  const width = job.width;
  const first = index * job.share;
  const rows = min(job.share, job.rows - first);
  const skip = <usize>(first * width) << 2;
  const gates = job.gates + 4 * skip, active = job.active + 4 * skip;
  cells(gates, job.c + skip, job.nextH + skip, job.nextC + skip, active, rows, width);
}

/** {@link lstmCell} on the thread that calls it; the gates may be activated in place. */
export function cells(gates: usize, c: usize, nextH: usize, nextC: usize, active: usize, rows: i32, width: i32): void {
  if (width & 3) cell(gates, c, nextH, nextC, active, rows, width, false);
  else cell(gates, c, nextH, nextC, active, rows, width, true);
}

@inline
function cell(
  gates: usize, c: usize, nextH: usize, nextC: usize, active: usize, rows: i32, width: i32, isWhole: bool,
): void {
  const bytes = <usize>width << 2;
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < width; j += 4) {
      const at = <usize>j << 2;
      const left = width - j;
      const i = sigmoid(v128.load(gates + at));
      const f = sigmoid(v128.load(gates + bytes + at));
      const g = tanh(v128.load(gates + 2 * bytes + at));
      const o = sigmoid(v128.load(gates + 3 * bytes + at));
      const state = madd(i, g, f32x4.mul(f, v128.load(c + at)));
      putIn(nextC + at, state, left, isWhole);
      putIn(nextH + at, f32x4.mul(o, tanh(state)), left, isWhole);
      putIn(active + at, i, left, isWhole);
      putIn(active + bytes + at, f, left, isWhole);
      putIn(active + 2 * bytes + at, g, left, isWhole);
      putIn(active + 3 * bytes + at, o, left, isWhole);
    }
    gates += 4 * bytes;
    active += 4 * bytes;
    c += bytes;
    nextC += bytes;
    nextH += bytes;
  }
}

/** The gradients of {@link lstmCell} by the gates before their activations, and by c. */
export function lstmCellGrad(
  active: usize, c: usize, nextC: usize, dh: usize, dc: usize, dgates: usize, dlast: usize, rows: i32, width: i32,
): void {
  const job = newCell(dgates, active, c, nextC, rows, width);
  job.dh = dh;
  job.dc = dc;
  job.dlast = dlast;
  overRows(cellGradTask, job, UNIT_GRAD);
}

function cellGradTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<Cell>(at);
  const width = job.width;
  const first = index * job.share;
  const rows = min(job.share, job.rows - first);
  const skip = <usize>(first * width) << 2;
  const dgates = job.gates + 4 * skip, active = job.active + 4 * skip;
  const c = job.c + skip, nextC = job.nextC + skip, dh = job.dh + skip, dc = job.dc + skip, dlast = job.dlast + skip;
  cellGrads(active, c, nextC, dh, dc, dgates, dlast, rows, width);
}

/** {@link lstmCellGrad} on the thread that calls it; `dlast` may be `dc`. */
export function cellGrads(
  active: usize, c: usize, nextC: usize, dh: usize, dc: usize, dgates: usize, dlast: usize, rows: i32, width: i32,
): void {
  if (width & 3) cellGrad(active, c, nextC, dh, dc, dgates, dlast, rows, width, false);
  else cellGrad(active, c, nextC, dh, dc, dgates, dlast, rows, width, true);
}

@inline
function cellGrad(
  active: usize, c: usize, nextC: usize, dh: usize, dc: usize, dgates: usize, dlast: usize, rows: i32, width: i32, isWhole: bool,
): void {
  const bytes = <usize>width << 2;
  const one = f32x4.splat(1);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < width; j += 4) {
      const at = <usize>j << 2;
      const left = width - j;
      const i = v128.load(active + at);
      const f = v128.load(active + bytes + at);
      const g = v128.load(active + 2 * bytes + at);
      const o = v128.load(active + 3 * bytes + at);
      const t = tanh(v128.load(nextC + at));
      const dy = v128.load(dh + at);
      const state = madd(f32x4.mul(dy, o), f32x4.sub(one, f32x4.mul(t, t)), v128.load(dc + at));
      putIn(dlast + at, f32x4.mul(state, f), left, isWhole);
      putIn(dgates + at, f32x4.mul(f32x4.mul(state, g), f32x4.mul(i, f32x4.sub(one, i))), left, isWhole);
      putIn(dgates + bytes + at, f32x4.mul(f32x4.mul(state, v128.load(c + at)), f32x4.mul(f, f32x4.sub(one, f))), left, isWhole);
      putIn(dgates + 2 * bytes + at, f32x4.mul(f32x4.mul(state, i), f32x4.sub(one, f32x4.mul(g, g))), left, isWhole);
      putIn(dgates + 3 * bytes + at, f32x4.mul(f32x4.mul(dy, t), f32x4.mul(o, f32x4.sub(one, o))), left, isWhole);
    }
    active += 4 * bytes;
    dgates += 4 * bytes;
    c += bytes;
    nextC += bytes;
    dh += bytes;
    dc += bytes;
    dlast += bytes;
  }
}
