import { inChunks } from './flat';

/** Elements of a task. */
const CHUNK: i32 = 16384;

/** `dy` where `y` is not ≤ 0: at NaN the gradient passes. */
export function reluGrad(y: usize, dy: usize, dx: usize, n: i32): void {
  inChunks(passed, 0, y, 4, dy, 4, dx, 4, n, CHUNK, 0.3);
}

function passed(_mode: i32, y: usize, dy: usize, dx: usize, n: i32): void {
  const zero = f32x4.splat(0);
  const end = <usize>n << 2;
  for (let at: usize = 0; at < end; at += 16) {
    v128.store(dx + at, v128.andnot(v128.load(dy + at), f32x4.le(v128.load(y + at), zero)));
  }
}
