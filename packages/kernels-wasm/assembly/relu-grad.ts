import { inChunks } from './flat';

/** Elements of a task. */
const CHUNK: i32 = 16384;

/** `dy` where `y` is not ≤ 0, in parallel: at NaN the gradient passes. */
export function reluGrad(y: usize, dy: usize, dx: usize, n: i32): void {
  inChunks(pass, 0, y, 4, dy, 4, dx, 4, n, CHUNK, 0.2);
}

/** Blocks are whole cache lines, so the loop has no tail. */
function pass(_mode: i32, y: usize, dy: usize, dx: usize, n: i32): void {
  for (const end = dx + (<usize>n << 2); dx < end; dx += 64, dy += 64, y += 64) {
    v128.store(dx, passed(v128.load(y), v128.load(dy)));
    v128.store(dx, passed(v128.load(y, 16), v128.load(dy, 16)), 16);
    v128.store(dx, passed(v128.load(y, 32), v128.load(dy, 32)), 32);
    v128.store(dx, passed(v128.load(y, 48), v128.load(dy, 48)), 48);
  }
}

@inline
function passed(y: v128, dy: v128): v128 {
  return v128.andnot(dy, f32x4.le(y, f32x4.splat(0)));
}
