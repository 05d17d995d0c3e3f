import type { DType } from '@dl/kernels';
import type { Machine } from '../machine.ts';

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Fills `n` elements with `value`, converted as `cast` does: int truncates and saturates, NaN is 0, bool is `!= 0`. */
export function fillElements({ wasm }: Machine, dtype: DType, to: number, n: number, value: number): void {
  if (dtype === 'float32') {
    float[0] = value;
    wasm.fill32(to, bits[0], n);
  } else if (dtype === 'int32') {
    wasm.fill32(to, saturate(value, -(2 ** 31), 2 ** 31 - 1), n);
  } else {
    wasm.fill8(to, dtype === 'bool' ? Number(value !== 0) : saturate(value, 0, 255), n);
  }
}

function saturate(value: number, low: number, high: number): number {
  return Number.isNaN(value) ? 0 : Math.min(Math.max(Math.trunc(value), low), high);
}
