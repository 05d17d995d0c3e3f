import type { DType } from '../dtype.ts';
import { BackendError } from '../errors.ts';
import type { BinaryFn, ComparisonFn } from '../functions.ts';
import { stretched } from './stretched.ts';
import type { Kernel } from './view.ts';

type Row = (a: number, b: number) => number;

const comparisonRows: { readonly [F in ComparisonFn]: Row } = {
  equal: (a, b) => (a === b ? 1 : 0),
  notEqual: (a, b) => (a !== b ? 1 : 0),
  less: (a, b) => (a < b ? 1 : 0),
  lessEqual: (a, b) => (a <= b ? 1 : 0),
  greater: (a, b) => (a > b ? 1 : 0),
  greaterEqual: (a, b) => (a >= b ? 1 : 0),
  logicalAnd: (a, b) => (a !== 0 && b !== 0 ? 1 : 0),
  logicalOr: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
  logicalXor: (a, b) => ((a !== 0) !== (b !== 0) ? 1 : 0),
};

const floatRows: { readonly [F in BinaryFn]: Row } = {
  ...comparisonRows,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  pow,
  remainder,
  maximum: Math.max,
  minimum: Math.min,
  atan2: Math.atan2,
};

const intRows: { readonly [F in BinaryFn]?: Row } = {
  ...comparisonRows,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: Math.imul,
  div: (a, b) => Math.floor(a / b),
  pow: intPow,
  remainder,
  maximum: Math.max,
  minimum: Math.min,
};

const rows: { readonly [D in DType]: { readonly [F in BinaryFn]?: Row } } = {
  float32: floatRows,
  float64: floatRows,
  int32: intRows,
  uint8: comparisonRows,
  bool: comparisonRows,
};

export const binary: Kernel<'binary'> = ([a, b], { fn }, out) => {
  const row = rows[a.dtype][fn];
  if (row === undefined)
    throw new BackendError(`binary ${fn}`, `dtype must be arithmetic, got ${a.dtype} (cast the inputs first)`);
  const left = stretched(a, out.shape);
  const right = stretched(b, out.shape);
  for (let i = 0; i < out.data.length; i++) out.data[i] = row(left[i], right[i]);
};

export const select: Kernel<'select'> = ([condition, a, b], _, out) => {
  const choose = stretched(condition, out.shape);
  const yes = stretched(a, out.shape);
  const no = stretched(b, out.shape);
  for (let i = 0; i < out.data.length; i++) out.data[i] = choose[i] !== 0 ? yes[i] : no[i];
};

/** `**` gives NaN where IEEE 754 says that a base of 1, or of -1 with an infinite exponent, gives 1. */
function pow(a: number, b: number): number {
  if (a === 1 || (a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY)) return 1;
  return a ** b;
}

/** Takes the divisor's sign; `%` takes the dividend's. */
function remainder(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

/** By squaring, wrapping around; a negative exponent truncates the exact power. */
function intPow(base: number, exponent: number): number {
  if (exponent < 0) return base === 1 ? 1 : base === -1 ? 1 - 2 * (exponent & 1) : 0;
  let power = 1;
  let square = base;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if ((rest & 1) === 1) power = Math.imul(power, square);
    square = Math.imul(square, square);
  }
  return power;
}
