import { madd } from './common';
import { sigmoid, tanh } from './math';
import { putIn } from './tails';

/**
 * One step of a long short-term memory after its products: gates `[rows, 4, width]` are those of input, forget, cell and output. Writes
 * the next h and c, and the gates after their activations.
 */
export function lstmCell(gates: usize, c: usize, nextH: usize, nextC: usize, active: usize, rows: i32, width: i32): void {
  cells(gates, c, nextH, nextC, active, rows, width);
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
