import type { DType } from '../dtype.ts';
import type { View } from './view.ts';

/** How a number becomes an element of a dtype, where storing it in the typed array would not do it. */
export const convert: { readonly [D in DType]: (value: number) => number } = {
  float32: (value) => value,
  float64: (value) => value,
  int32: (value) => saturate(value, -(2 ** 31), 2 ** 31 - 1),
  uint8: (value) => saturate(value, 0, 255),
  bool: (value) => (value !== 0 ? 1 : 0),
};

/** Stores results that were computed in double precision: the one rounding of a kernel. */
export function store(values: Float64Array, out: View): void {
  const element = convert[out.dtype];
  for (let i = 0; i < values.length; i++) out.data[i] = element(values[i]);
}

function saturate(value: number, low: number, high: number): number {
  return Number.isNaN(value) ? 0 : Math.min(Math.max(Math.trunc(value), low), high);
}
