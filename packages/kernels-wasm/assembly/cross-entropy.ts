import { storeLanes } from './common';
import { lower, newJob, runJob, shareOf, tasksOf } from './jobs';
import { log } from './math';
import { greatest, powers, scaleRow, UNSCALED } from './softmax';

/** Elements of a task, at least, and tasks, at most. */
const TASK: f64 = 4096;
const TASKS: i32 = 256;

/** Rows with a target each. */
@unmanaged
class Targets {
  ignoreIndex: i32;
  x: usize;
  target: usize;
  losses: usize;
  out: usize;
  rows: i32;
  n: i32;
  share: i32;
  /** Targets that are not ignored. */
  counted: i32;
  /** The first row whose target is no class, else -1: unsigned, the largest. */
  bad: u32;
}

/** Runs `task` over the rows. */
@inline
function overRows(
  task: (job: usize, index: i32, workspace: usize) => void,
  ignoreIndex: i32, x: usize, target: usize, losses: usize, out: usize, rows: i32, n: i32, nanoseconds: f32,
): Targets {
  const s = changetype<Targets>(newJob());
  s.ignoreIndex = ignoreIndex;
  s.x = x;
  s.target = target;
  s.losses = losses;
  s.out = out;
  s.rows = rows;
  s.n = n;
  s.counted = 0;
  s.bad = -1;
  const work = <f64>rows * n;
  s.share = shareOf(rows, work, TASK, TASKS);
  runJob(task, tasksOf(rows, s.share), nanoseconds * <f32>work);
  return s;
}

/**
 * Losses `[rows]`, how many of them count, and the softmax of x `[rows, n]`, in parallel. Returns the first row whose target is no
 * class, or -1.
 */
export function softmaxCrossEntropy(
  ignoreIndex: i32, x: usize, target: usize, losses: usize, count: usize, softmax: usize, rows: i32, n: i32,
): i32 {
  const s = overRows(lossRows, ignoreIndex, x, target, losses, softmax, rows, n, 1);
  store<f32>(count, <f32>s.counted);
  return s.bad;
}

function lossRows(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Targets>(job);
  const n = s.n;
  const end = min(s.rows, (index + 1) * s.share);
  let counted = 0;
  for (let i = index * s.share; i < end; i++) {
    const chosen = load<i32>(s.target + (<usize>i << 2));
    const isIgnored = chosen == s.ignoreIndex;
    if (!isIgnored && <u32>chosen >= <u32>n) {
      lower(job + offsetof<Targets>('bad'), i);
      return;
    }
    const x = s.x + (<usize>(i * n) << 2);
    const softmax = s.out + (<usize>(i * n) << 2);
    const top = greatest(x, n);
    const total = powers(x, softmax, n, top);
    scaleRow(softmax, n, f32x4.splat(<f32>(1 / total)));
    let loss: f32 = 0;
    if (!isIgnored) {
      counted++;
      const offset = f32x4.extract_lane(log(f32x4.splat(<f32>(total * UNSCALED))), 0);
      loss = offset - (load<f32>(x + (<usize>chosen << 2)) - f32x4.extract_lane(top, 0));
    }
    store<f32>(s.losses + (<usize>i << 2), loss);
  }
  atomic.add<i32>(job + offsetof<Targets>('counted'), counted);
}

/** dx `[rows, n]` from the softmax and the gradient of each loss: 0 where the target is ignored, whatever the softmax is. */
export function softmaxCrossEntropyGrad(
  ignoreIndex: i32, softmax: usize, target: usize, dlosses: usize, dx: usize, rows: i32, n: i32,
): void {
  overRows(gradRows, ignoreIndex, softmax, target, dlosses, dx, rows, n, 0.2);
}

function gradRows(job: usize, index: i32, _workspace: usize): void {
  const s = changetype<Targets>(job);
  const n = s.n;
  const end = min(s.rows, (index + 1) * s.share);
  for (let i = index * s.share; i < end; i++) {
    const chosen = load<i32>(s.target + (<usize>i << 2));
    const softmax = s.x + (<usize>(i * n) << 2);
    const dx = s.out + (<usize>(i * n) << 2);
    if (chosen == s.ignoreIndex) {
      memory.fill(dx, 0, <usize>n << 2);
      continue;
    }
    const grad = load<f32>(s.losses + (<usize>i << 2));
    const factor = f32x4.splat(grad);
    const whole = <usize>(n & ~3) << 2;
    let at: usize = 0;
    for (; at < whole; at += 16) v128.store(dx + at, f32x4.mul(v128.load(softmax + at), factor));
    if (n & 3) storeLanes(dx + at, f32x4.mul(v128.load(softmax + at), factor), n & 3);
    const place = dx + (<usize>chosen << 2);
    store<f32>(place, load<f32>(place) - grad);
  }
}
