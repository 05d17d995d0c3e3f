import type { BinaryFn, DType, ReduceFn, UnaryFn } from '@dl/kernels';

/** The numbers that the functions have in `assembly/codes.ts`. */
export const unaryCodes: { readonly [F in UnaryFn]: number } = {
  neg: 0,
  abs: 1,
  sign: 2,
  square: 3,
  relu: 4,
  exp: 5,
  expm1: 6,
  log: 7,
  log1p: 8,
  sqrt: 9,
  rsqrt: 10,
  reciprocal: 11,
  sin: 12,
  cos: 13,
  tan: 14,
  asin: 15,
  acos: 16,
  atan: 17,
  sinh: 18,
  cosh: 19,
  tanh: 20,
  asinh: 21,
  acosh: 22,
  atanh: 23,
  sigmoid: 24,
  softplus: 25,
  erf: 26,
  floor: 27,
  ceil: 28,
  round: 29,
  trunc: 30,
  isNan: 31,
  isFinite: 32,
  logicalNot: 33,
};

/** Rows from `equal` on give bool. */
export const binaryCodes: { readonly [F in BinaryFn]: number } = {
  add: 0,
  sub: 1,
  mul: 2,
  div: 3,
  pow: 4,
  remainder: 5,
  maximum: 6,
  minimum: 7,
  atan2: 8,
  equal: 9,
  notEqual: 10,
  less: 11,
  lessEqual: 12,
  greater: 13,
  greaterEqual: 14,
  logicalAnd: 15,
  logicalOr: 16,
  logicalXor: 17,
};

export const foldCodes: { readonly [F in ReduceFn]: number } = { sum: 0, prod: 1, min: 2, max: 3 };

/** A dtype that this backend does not have is -1; it is refused before a kernel sees it. */
export const dtypeCodes: { readonly [D in DType]: number } = { float32: 0, int32: 1, uint8: 2, bool: 3, float64: -1 };

/** Elements of a dtype take `1 << shift` bytes. */
export const dtypeShifts: { readonly [D in DType]: number } = { float32: 2, int32: 2, uint8: 0, bool: 0, float64: 3 };
