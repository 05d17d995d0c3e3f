import type { DType } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { elementwise } from './elementwise.ts';

const keep = 'function f(x) { return x; }';

/** To a dtype, from one with more values. */
const rows: { readonly [D in DType]: string } = {
  float64: keep,
  float32: keep,
  int32: integer(-(2 ** 31), 2 ** 31),
  uint8: integer(0, 255),
  bool: 'function f(x) { if (isNan(x) > 0.5) { return 1; } if (x === 0) { return 0; } return 1; }',
};

export const cast: Kernel<'cast'> = (machine, inputs, _, out) => {
  elementwise(machine, { key: `cast ${out.dtype}`, functions: [rows[out.dtype]] }, inputs, out);
};

function integer(least: number, most: number): string {
  return `function f(x) {
    if (isNan(x) > 0.5) { return 0; }
    if (x <= ${least}) { return ${least}; }
    if (x >= ${most}) { return ${most}; }
    if (x < 0) { return Math.ceil(x); }
    return Math.floor(x);
  }`;
}
