import { madd } from './common';

/** What the step goes along: the gradient, and that of an L2 penalty. */
@inline
function penalized(grad: v128, value: v128, penalty: v128): v128 {
  return madd(value, penalty, grad);
}

/** One step of Adam over `n` elements: the next value and moments. Blocks are padded, so the last vector needs no care. */
export function adamStep(
  rate: f32, beta1: f32, beta2: f32, share1: f32, share2: f32, eps: f32, correction: f32, penalty: f32, shrink: f32,
  value: usize, grad: usize, m: usize, v: usize, nextValue: usize, nextM: usize, nextV: usize, n: i32,
): void {
  const rates = f32x4.splat(rate), keep1 = f32x4.splat(beta1), keep2 = f32x4.splat(beta2);
  const take1 = f32x4.splat(share1), take2 = f32x4.splat(share2), epsilon = f32x4.splat(eps);
  const inverse = f32x4.splat(correction), penalties = f32x4.splat(penalty), shrinks = f32x4.splat(shrink);
  const end = <usize>n << 2;
  for (let at: usize = 0; at < end; at += 16) {
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

/** One step of gradient descent without momentum. */
export function sgdStep(lr: f32, penalty: f32, value: usize, grad: usize, nextValue: usize, n: i32): void {
  const rates = f32x4.splat(lr), penalties = f32x4.splat(penalty);
  const end = <usize>n << 2;
  for (let at: usize = 0; at < end; at += 16) {
    const theta = v128.load(value + at);
    v128.store(nextValue + at, f32x4.sub(theta, f32x4.mul(penalized(v128.load(grad + at), theta, penalties), rates)));
  }
}

/** One step of gradient descent along the momentum buffer, or with `nesterov` along where it will be. */
export function momentumStep(
  lr: f32, momentum: f32, share: f32, penalty: f32, nesterov: bool,
  value: usize, grad: usize, buffer: usize, nextValue: usize, nextBuffer: usize, n: i32,
): void {
  const rates = f32x4.splat(lr), keep = f32x4.splat(momentum), take = f32x4.splat(share), penalties = f32x4.splat(penalty);
  const end = <usize>n << 2;
  for (let at: usize = 0; at < end; at += 16) {
    const theta = v128.load(value + at);
    const g = penalized(v128.load(grad + at), theta, penalties);
    const b = madd(g, take, f32x4.mul(v128.load(buffer + at), keep));
    v128.store(nextBuffer + at, b);
    const direction = nesterov ? madd(b, keep, g) : b;
    v128.store(nextValue + at, f32x4.sub(theta, f32x4.mul(direction, rates)));
  }
}
