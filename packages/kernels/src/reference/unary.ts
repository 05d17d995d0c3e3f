import type { DType } from '../dtype.ts';
import { BackendError } from '../errors.ts';
import type { UnaryFn } from '../functions.ts';
import { erf } from './erf.ts';
import { stretched } from './stretched.ts';
import type { Kernel } from './view.ts';

type Row = (x: number) => number;

const floatRows: { readonly [F in UnaryFn]: Row } = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  square: (x) => x * x,
  relu: (x) => (x <= 0 ? 0 : x),
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  sinh: Math.sinh,
  cosh: Math.cosh,
  tanh: Math.tanh,
  asinh: Math.asinh,
  acosh: Math.acosh,
  atanh: Math.atanh,
  sigmoid,
  softplus: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  erf,
  floor: Math.floor,
  ceil: Math.ceil,
  round: roundHalfEven,
  trunc: Math.trunc,
  isNan: (x) => (Number.isNaN(x) ? 1 : 0),
  isFinite: (x) => (Number.isFinite(x) ? 1 : 0),
  logicalNot: (x) => (x === 0 ? 1 : 0),
};

const byteRows: { readonly [F in UnaryFn]?: Row } = { logicalNot: floatRows.logicalNot };

const intRows: { readonly [F in UnaryFn]?: Row } = {
  ...byteRows,
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  square: (x) => Math.imul(x, x),
  relu: (x) => Math.max(x, 0),
};

const rows: { readonly [D in DType]: { readonly [F in UnaryFn]?: Row } } = {
  float32: floatRows,
  float64: floatRows,
  int32: intRows,
  uint8: byteRows,
  bool: byteRows,
};

export const unary: Kernel<'unary'> = ([x], { fn }, out) => {
  const row = rows[x.dtype][fn];
  if (row === undefined) throw new BackendError(`unary ${fn}`, `dtype must be a float, got ${x.dtype} (cast the input first)`);
  const values = stretched(x, out.shape);
  for (let i = 0; i < out.data.length; i++) out.data[i] = row(values[i]);
};

/** The exponent is never positive, so nothing overflows. */
function sigmoid(x: number): number {
  const e = Math.exp(-Math.abs(x));
  return (x >= 0 ? 1 : e) / (1 + e);
}

function roundHalfEven(x: number): number {
  const magnitude = Math.abs(x);
  const floor = Math.floor(magnitude);
  const rest = magnitude - floor;
  const goesUp = rest > 0.5 || (rest === 0.5 && floor % 2 === 1);
  return Math.sign(x) * (goesUp ? floor + 1 : floor);
}
