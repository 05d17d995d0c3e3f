import { type ArithmeticFn, type BinaryFn, type ComparisonFn, type DType, dtypes, isFloat, type UnaryFn } from '@dl/kernels';
import { host, numbers, positive, spec } from '../host.ts';
import type { KernelCase, KernelCases } from '../kernel-case.ts';

const unaryOut: { readonly [F in UnaryFn]: 'same' | 'bool' } = {
  neg: 'same',
  abs: 'same',
  sign: 'same',
  square: 'same',
  relu: 'same',
  exp: 'same',
  expm1: 'same',
  log: 'same',
  log1p: 'same',
  sqrt: 'same',
  rsqrt: 'same',
  reciprocal: 'same',
  sin: 'same',
  cos: 'same',
  tan: 'same',
  asin: 'same',
  acos: 'same',
  atan: 'same',
  sinh: 'same',
  cosh: 'same',
  tanh: 'same',
  asinh: 'same',
  acosh: 'same',
  atanh: 'same',
  sigmoid: 'same',
  softplus: 'same',
  erf: 'same',
  floor: 'same',
  ceil: 'same',
  round: 'same',
  trunc: 'same',
  isNan: 'bool',
  isFinite: 'bool',
  logicalNot: 'bool',
};
const integerFns: readonly UnaryFn[] = ['neg', 'abs', 'sign', 'square', 'relu', 'logicalNot'];

const arithmetic: { readonly [F in ArithmeticFn]: true } = {
  add: true,
  sub: true,
  mul: true,
  div: true,
  pow: true,
  remainder: true,
  maximum: true,
  minimum: true,
  atan2: true,
};
const comparison: { readonly [F in ComparisonFn]: true } = {
  equal: true,
  notEqual: true,
  less: true,
  lessEqual: true,
  greater: true,
  greaterEqual: true,
  logicalAnd: true,
  logicalOr: true,
  logicalXor: true,
};
const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -0, 1, -1, 2.5, -2.5];

export const unary: KernelCases<'unary'> = (dtype) =>
  unaryFns(dtype).flatMap((fn): KernelCase<'unary'>[] => {
    const out = unaryOut[fn] === 'bool' ? 'bool' : dtype;
    const x = numbers([3, 7], dtype);
    return [
      { name: fn, inputs: [x], attrs: { fn }, out: spec(x.shape, out) },
      { name: `${fn} of nothing`, inputs: [numbers([0, 3], dtype)], attrs: { fn }, out: spec([0, 3], out) },
      ...(isFloat(dtype)
        ? [{ name: `${fn} of special values`, inputs: [host([9], dtype, special)], attrs: { fn }, out: spec([9], out) }]
        : []),
    ];
  });

export const binary: KernelCases<'binary'> = (dtype) =>
  binaryFns(dtype).flatMap((fn): KernelCase<'binary'>[] => {
    const out = fn in comparison ? 'bool' : dtype;
    const b = fn in comparison ? numbers : positive;
    return [
      { name: fn, inputs: [numbers([3, 7], dtype), b([3, 7], dtype, 1)], attrs: { fn }, out: spec([3, 7], out) },
      { name: `${fn}, rows`, inputs: [numbers([3, 7], dtype), b([7], dtype, 1)], attrs: { fn }, out: spec([3, 7], out) },
      {
        name: `${fn}, columns`,
        inputs: [numbers([1, 7], dtype), b([2, 3, 1], dtype, 1)],
        attrs: { fn },
        out: spec([2, 3, 7], out),
      },
      { name: `${fn}, a scalar`, inputs: [numbers([], dtype), b([5], dtype, 1)], attrs: { fn }, out: spec([5], out) },
      { name: `${fn} of nothing`, inputs: [numbers([0, 3], dtype), b([3], dtype, 1)], attrs: { fn }, out: spec([0, 3], out) },
    ];
  });

export const select: KernelCases<'select'> = (dtype) => [
  {
    name: 'alike',
    inputs: [numbers([3, 5], 'bool'), numbers([3, 5], dtype, 1), numbers([3, 5], dtype, 2)],
    attrs: {},
    out: spec([3, 5], dtype),
  },
  {
    name: 'broadcast',
    inputs: [numbers([3, 1], 'bool'), numbers([5], dtype, 1), numbers([2, 1, 1], dtype, 2)],
    attrs: {},
    out: spec([2, 3, 5], dtype),
  },
  {
    name: 'nothing',
    inputs: [numbers([0], 'bool'), numbers([0], dtype), numbers([1], dtype)],
    attrs: {},
    out: spec([0], dtype),
  },
];

export const cast: KernelCases<'cast'> = (dtype) => [
  ...dtypes
    .filter((from) => from !== 'float64')
    .map((from) => ({ name: `from ${from}`, inputs: [numbers([3, 7], from)], attrs: {}, out: spec([3, 7], dtype) })),
  {
    name: 'what does not fit',
    inputs: [host([8], 'float32', [1e10, -1e10, 300, -1, 1.9, -1.9, Number.NaN, Number.POSITIVE_INFINITY])],
    attrs: {},
    out: spec([8], dtype),
  },
  { name: 'nothing', inputs: [numbers([0])], attrs: {}, out: spec([0], dtype) },
];

function unaryFns(dtype: DType): UnaryFn[] {
  const all = Object.keys(unaryOut) as UnaryFn[];
  if (isFloat(dtype)) return all;
  return dtype === 'int32' ? [...integerFns] : ['logicalNot'];
}

function binaryFns(dtype: DType): BinaryFn[] {
  const comparisons = Object.keys(comparison) as BinaryFn[];
  if (dtype === 'uint8' || dtype === 'bool') return comparisons;
  const fns = [...(Object.keys(arithmetic) as BinaryFn[]), ...comparisons];
  return isFloat(dtype) ? fns : fns.filter((fn) => fn !== 'atan2');
}
