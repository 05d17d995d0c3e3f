import { storeLanes } from './common';
import { log } from './math';
import { greatest, powers, scaleRow } from './softmax';

/**
 * Losses `[rows]`, how many of them count, and the softmax of x `[rows, n]`. Returns the first target that is no class, or -1.
 */
export function softmaxCrossEntropy(
  ignoreIndex: i32, x: usize, target: usize, losses: usize, count: usize, softmax: usize, rows: i32, n: i32,
): i32 {
  const bytes = <usize>n << 2;
  let counted = 0;
  for (let i = 0; i < rows; i++) {
    const chosen = load<i32>(target);
    const isIgnored = chosen == ignoreIndex;
    if (!isIgnored && <u32>chosen >= <u32>n) return i;
    const top = greatest(x, n);
    const total = powers(x, softmax, n, top, true);
    scaleRow(softmax, n, f32x4.splat(<f32>(1 / total)));
    let loss: f32 = 0;
    if (!isIgnored) {
      counted++;
      const offset = f32x4.extract_lane(log(f32x4.splat(<f32>total)), 0);
      loss = offset - (load<f32>(x + (<usize>chosen << 2)) - f32x4.extract_lane(top, 0));
    }
    store<f32>(losses, loss);
    x += bytes;
    softmax += bytes;
    target += 4;
    losses += 4;
  }
  store<f32>(count, <f32>counted);
  return -1;
}

/** dx `[rows, n]` from the softmax and the gradient of each loss: 0 where the target is ignored, whatever the softmax is. */
export function softmaxCrossEntropyGrad(
  ignoreIndex: i32, softmax: usize, target: usize, dlosses: usize, dx: usize, rows: i32, n: i32,
): void {
  const bytes = <usize>n << 2;
  for (let i = 0; i < rows; i++) {
    const chosen = load<i32>(target);
    if (chosen == ignoreIndex) {
      memory.fill(dx, 0, bytes);
    } else {
      const grad = load<f32>(dlosses);
      const factor = f32x4.splat(grad);
      const end = <usize>(n & ~3) << 2;
      let at: usize = 0;
      for (; at < end; at += 16) v128.store(dx + at, f32x4.mul(v128.load(softmax + at), factor));
      if (n & 3) storeLanes(dx + at, f32x4.mul(v128.load(softmax + at), factor), n & 3);
      const place = dx + (<usize>chosen << 2);
      store<f32>(place, load<f32>(place) - grad);
    }
    softmax += bytes;
    dx += bytes;
    target += 4;
    dlosses += 4;
  }
}
