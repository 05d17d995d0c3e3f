import type { DType } from '../dtype.ts';
import { BackendError } from '../errors.ts';
import type { ReduceFn } from '../functions.ts';
import { broadcastStrides } from '../shape.ts';
import { reduceShape } from '../shapes/reduce.ts';
import { store } from './convert.ts';
import { alongAxis, type Kernel, offsetsOf } from './view.ts';

type Row = (a: number, b: number) => number;

const identities: { readonly [F in ReduceFn]: number } = {
  sum: 0,
  prod: 1,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
};

const floatRows: { readonly [F in ReduceFn]: Row } = {
  sum: (a, b) => a + b,
  prod: (a, b) => a * b,
  min: Math.min,
  max: Math.max,
};
const intRows: { readonly [F in ReduceFn]: Row } = { sum: (a, b) => (a + b) | 0, prod: Math.imul, min: Math.min, max: Math.max };
const byteRows: { readonly [F in ReduceFn]?: Row } = { min: Math.min, max: Math.max };

const rows: { readonly [D in DType]: { readonly [F in ReduceFn]?: Row } } = {
  float32: floatRows,
  float64: floatRows,
  int32: intRows,
  uint8: byteRows,
  bool: byteRows,
};

export const reduce: Kernel<'reduce'> = ([x], { fn, axes }, out) => {
  const row = rows[x.dtype][fn];
  if (row === undefined)
    throw new BackendError(`reduce ${fn}`, `dtype must be arithmetic, got ${x.dtype} (cast the input first)`);
  const kept = reduceShape(x.shape, axes, true);
  const targets = offsetsOf(x.shape, broadcastStrides(kept, x.shape), 0);
  const identity = x.dtype === 'bool' ? Math.min(1, Math.max(0, identities[fn])) : identities[fn];
  const folded = new Float64Array(out.data.length).fill(identity);
  for (let i = 0; i < targets.length; i++) folded[targets[i]] = row(folded[targets[i]], x.data[i]);
  store(folded, out);
};

export const argReduce: Kernel<'argReduce'> = ([x], { fn, axis }, out) => {
  const values = alongAxis(x.data, x.shape, axis);
  const indices = alongAxis(out.data, reduceShape(x.shape, [axis], true), axis);
  const [outer, extent, inner] = values.shape;
  const sign = fn === 'max' ? 1 : -1;
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < inner; j++) {
      let best = 0;
      for (let i = 1; i < extent; i++) {
        if (beats(sign * values.get(o, i, j), sign * values.get(o, best, j))) best = i;
      }
      indices.set(o, 0, j, best);
    }
  }
};

export const cumulativeSum: Kernel<'cumulativeSum'> = ([x], { axis, exclusive, reverse }, out) => {
  const values = alongAxis(x.data, x.shape, axis);
  const sums = alongAxis(out.data, x.shape, axis);
  const [outer, extent, inner] = values.shape;
  for (let o = 0; o < outer; o++) {
    for (let j = 0; j < inner; j++) {
      let sum = 0;
      for (let step = 0; step < extent; step++) {
        const i = reverse ? extent - 1 - step : step;
        if (exclusive) sums.set(o, i, j, sum);
        sum += values.get(o, i, j);
        if (!exclusive) sums.set(o, i, j, sum);
      }
    }
  }
};

/** Whether `value` is a greater maximum than `best`; NaN is the greatest, the first of equals stays. */
export function beats(value: number, best: number): boolean {
  return value > best || (Number.isNaN(value) && !Number.isNaN(best));
}
