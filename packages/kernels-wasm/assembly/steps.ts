import { madd } from './common';
import { chunkOf } from './flat';
import { newJob, runJob, tasksOf } from './jobs';

/** Elements of a task: whole cache lines. */
const ADAM_CHUNK: i32 = 8192;
const CHUNK: i32 = 16384;

/** A step of Adam, in tasks of some elements each. Blocks are padded, so the last vector needs no care. */
@unmanaged
class Adam {
  rate: f32;
  beta1: f32;
  beta2: f32;
  share1: f32;
  share2: f32;
  eps: f32;
  correction: f32;
  penalty: f32;
  shrink: f32;
  value: usize;
  grad: usize;
  m: usize;
  v: usize;
  nextValue: usize;
  nextM: usize;
  nextV: usize;
  n: i32;
  chunk: i32;
}

/** What the step goes along: the gradient, and that of an L2 penalty. */
@inline
function penalized(grad: v128, value: v128, penalty: v128): v128 {
  return madd(value, penalty, grad);
}

/** One step of Adam over `n` elements: the next value and moments. */
export function adamStep(
  rate: f32, beta1: f32, beta2: f32, share1: f32, share2: f32, eps: f32, correction: f32, penalty: f32, shrink: f32,
  value: usize, grad: usize, m: usize, v: usize, nextValue: usize, nextM: usize, nextV: usize, n: i32,
): void {
  const job = changetype<Adam>(newJob());
  job.rate = rate;
  job.beta1 = beta1;
  job.beta2 = beta2;
  job.share1 = share1;
  job.share2 = share2;
  job.eps = eps;
  job.correction = correction;
  job.penalty = penalty;
  job.shrink = shrink;
  job.value = value;
  job.grad = grad;
  job.m = m;
  job.v = v;
  job.nextValue = nextValue;
  job.nextM = nextM;
  job.nextV = nextV;
  job.n = n;
  job.chunk = chunkOf(n, ADAM_CHUNK);
  runJob(adamTask, tasksOf(n, job.chunk), <f32>n);
}

function adamTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<Adam>(at);
  const rates = f32x4.splat(job.rate), keep1 = f32x4.splat(job.beta1), keep2 = f32x4.splat(job.beta2);
  const take1 = f32x4.splat(job.share1), take2 = f32x4.splat(job.share2), epsilon = f32x4.splat(job.eps);
  const inverse = f32x4.splat(job.correction), penalties = f32x4.splat(job.penalty), shrinks = f32x4.splat(job.shrink);
  const value = job.value, grad = job.grad, m = job.m, v = job.v;
  const nextValue = job.nextValue, nextM = job.nextM, nextV = job.nextV;
  const end = <usize>min(job.n, (index + 1) * job.chunk) << 2;
  for (let at = <usize>(index * job.chunk) << 2; at < end; at += 16) {
    const theta = v128.load(value + at);
    const g = penalized(v128.load(grad + at), theta, penalties);
    const first = madd(g, take1, f32x4.mul(v128.load(m + at), keep1));
    const second = madd(f32x4.mul(g, g), take2, f32x4.mul(v128.load(v + at), keep2));
    v128.store(nextM + at, first);
    v128.store(nextV + at, second);
    const change = f32x4.mul(f32x4.div(first, madd(f32x4.sqrt(second), inverse, epsilon)), rates);
    v128.store(nextValue + at, f32x4.sub(f32x4.mul(theta, shrinks), change));
  }
}

/** A step of gradient descent, in tasks of some elements each. */
@unmanaged
class Descent {
  lr: f32;
  momentum: f32;
  share: f32;
  penalty: f32;
  nesterov: bool;
  value: usize;
  grad: usize;
  buffer: usize;
  nextValue: usize;
  nextBuffer: usize;
  n: i32;
  chunk: i32;
}

@inline
function newDescent(lr: f32, penalty: f32, value: usize, grad: usize, nextValue: usize, n: i32): Descent {
  const job = changetype<Descent>(newJob());
  job.lr = lr;
  job.penalty = penalty;
  job.value = value;
  job.grad = grad;
  job.nextValue = nextValue;
  job.n = n;
  job.chunk = chunkOf(n, CHUNK);
  return job;
}

/** One step of gradient descent without momentum. */
export function sgdStep(lr: f32, penalty: f32, value: usize, grad: usize, nextValue: usize, n: i32): void {
  const job = newDescent(lr, penalty, value, grad, nextValue, n);
  runJob(sgdTask, tasksOf(n, job.chunk), 0.3 * <f32>n);
}

function sgdTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<Descent>(at);
  const rates = f32x4.splat(job.lr), penalties = f32x4.splat(job.penalty);
  const value = job.value, grad = job.grad, nextValue = job.nextValue;
  const end = <usize>min(job.n, (index + 1) * job.chunk) << 2;
  for (let at = <usize>(index * job.chunk) << 2; at < end; at += 16) {
    const theta = v128.load(value + at);
    v128.store(nextValue + at, f32x4.sub(theta, f32x4.mul(penalized(v128.load(grad + at), theta, penalties), rates)));
  }
}

/** One step of gradient descent along the momentum buffer, or with `nesterov` along where it will be. */
export function momentumStep(
  lr: f32, momentum: f32, share: f32, penalty: f32, nesterov: bool,
  value: usize, grad: usize, buffer: usize, nextValue: usize, nextBuffer: usize, n: i32,
): void {
  const job = newDescent(lr, penalty, value, grad, nextValue, n);
  job.momentum = momentum;
  job.share = share;
  job.nesterov = nesterov;
  job.buffer = buffer;
  job.nextBuffer = nextBuffer;
  runJob(momentumTask, tasksOf(n, job.chunk), 0.4 * <f32>n);
}

function momentumTask(at: usize, index: i32, _workspace: usize): void {
  const job = changetype<Descent>(at);
  const rates = f32x4.splat(job.lr), keep = f32x4.splat(job.momentum);
  const take = f32x4.splat(job.share), penalties = f32x4.splat(job.penalty);
  const nesterov = job.nesterov;
  const value = job.value, grad = job.grad, buffer = job.buffer;
  const nextValue = job.nextValue, nextBuffer = job.nextBuffer;
  const end = <usize>min(job.n, (index + 1) * job.chunk) << 2;
  for (let at = <usize>(index * job.chunk) << 2; at < end; at += 16) {
    const theta = v128.load(value + at);
    const g = penalized(v128.load(grad + at), theta, penalties);
    const b = madd(g, take, f32x4.mul(v128.load(buffer + at), keep));
    v128.store(nextBuffer + at, b);
    const direction = nesterov ? madd(b, keep, g) : b;
    v128.store(nextValue + at, f32x4.sub(theta, f32x4.mul(direction, rates)));
  }
}
