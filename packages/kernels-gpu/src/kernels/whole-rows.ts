import { type Shape, sizeOf } from '@dl/kernels';
import type { Machine, Operand } from '../machine.ts';
import { copyStrided, pad } from './layout.ts';

/** The least multiple of four that is not below `extent`. */
export function roundUp(extent: number): number {
  return Math.ceil(extent / 4) * 4;
}

/** `x` with zeros at the end of its rows, the last axis, so that each is of whole texels; with `step`, `step - 1` zeros between neighbours, too. */
export function withWholeRows(machine: Machine, x: Operand, step = 1): Operand {
  const [rows, width] = matrixOf(x.shape);
  const wide = roundUp(width === 0 ? 0 : (width - 1) * step + 1);
  if (wide === width) return x;
  const whole = machine.scratch({ shape: x.shape.with(-1, wide), dtype: x.dtype });
  const attrs = { before: [0, 0], step: [1, step], value: 0 };
  if (sizeOf(whole.shape) > 0) pad(machine, [{ ...x, shape: [rows, width] }], attrs, { ...whole, shape: [rows, wide] });
  return whole;
}

/** Has `compute` fill rows of whole texels, and keeps of them what belongs to `out`. */
export function inWholeRows(machine: Machine, out: Operand, compute: (whole: Operand) => void): void {
  const [rows, width] = matrixOf(out.shape);
  if (width % 4 === 0) {
    compute(out);
    return;
  }
  const whole = machine.scratch({ shape: out.shape.with(-1, roundUp(width)), dtype: out.dtype });
  compute(whole);
  copyStrided(machine, [whole], { offset: 0, strides: [roundUp(width), 1] }, { ...out, shape: [rows, width] });
}

function matrixOf(shape: Shape): [rows: number, width: number] {
  return [sizeOf(shape.slice(0, -1)), shape[shape.length - 1]];
}
