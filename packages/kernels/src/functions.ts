/**
 * Elementwise functions of one argument. Each backend has a table with one row a function; a missing row does not compile.
 *
 * Float in, same float out, except `isNan` and `isFinite` (float in, bool out) and `logicalNot` (any in, bool out).
 * `neg abs sign square relu` also take int32 (same out). `round` rounds half to even, `sign(0) = 0`, and
 * `sign` and `relu` keep NaN. `erf` is the error function. `sigmoid(x) = 1 / (1 + exp(-x))`, `softplus(x) = log(1 + exp(x))`, both
 * without overflow.
 */
export type UnaryFn =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'square'
  | 'relu'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'sqrt'
  | 'rsqrt'
  | 'reciprocal'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'asinh'
  | 'acosh'
  | 'atanh'
  | 'sigmoid'
  | 'softplus'
  | 'erf'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'trunc'
  | 'isNan'
  | 'isFinite'
  | 'logicalNot';

/**
 * Elementwise functions of two arguments of one dtype.
 *
 * Arithmetic (same dtype out, float or int32): `remainder` takes the divisor's sign, as in Python; `pow` follows IEEE `pow`;
 * `div` on int32 rounds towards minus infinity (ops cast to float before a true division); `maximum` and `minimum` keep NaN.
 * int32 wraps around. Comparisons and `logical…` (any dtype in) give bool; a comparison with NaN is false, `notEqual` true.
 */
export type BinaryFn = ArithmeticFn | ComparisonFn;

/** The rows of {@link BinaryFn} that keep the dtype. */
export type ArithmeticFn = 'add' | 'sub' | 'mul' | 'div' | 'pow' | 'remainder' | 'maximum' | 'minimum' | 'atan2';

/** The rows of {@link BinaryFn} that give bool. */
export type ComparisonFn =
  | 'equal'
  | 'notEqual'
  | 'less'
  | 'lessEqual'
  | 'greater'
  | 'greaterEqual'
  | 'logicalAnd'
  | 'logicalOr'
  | 'logicalXor';

/** What a reduction folds with. `min` and `max` keep NaN. */
export type ReduceFn = 'sum' | 'prod' | 'min' | 'max';
