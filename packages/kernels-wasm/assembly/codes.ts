/** The numbers of functions and dtypes: the host's tables in `src/codes.ts` say the same. */
export const enum Unary {
  neg, abs, sign, square, relu, exp, expm1, log, log1p, sqrt, rsqrt, reciprocal, sin, cos, tan, asin, acos, atan, sinh, cosh,
  tanh, asinh, acosh, atanh, sigmoid, softplus, erf, floor, ceil, round, trunc, isNan, isFinite, logicalNot,
}

export const enum Binary {
  add, sub, mul, div, pow, remainder, maximum, minimum, atan2,
  equal, notEqual, less, lessEqual, greater, greaterEqual, logicalAnd, logicalOr, logicalXor,
}

export const enum Fold { sum, prod, min, max }

export const enum DType { float32, int32, uint8, bool }
