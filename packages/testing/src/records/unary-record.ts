import { DTypeError } from '@dl/kernels';
import type { Tensor } from '@dl/tensor';
import type { OpErrorSample, OpKink, OpRecord, OpSample, OpTolerance } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

/** An elementwise function of one tensor. */
export interface UnaryDescription {
  readonly name: string;
  readonly call: (x: Tensor) => Tensor;
  /** In PyTorch, of `x0`. Omit only where PyTorch has no such function. */
  readonly torch?: string | undefined;
  /** Where it is smooth. Default -2 to 2. */
  readonly low?: number | undefined;
  readonly high?: number | undefined;
  /** Values worth a look: limits, poles, halves. Default: NaN, the infinities, 0 and ± 0.5, 1, 3. */
  readonly special?: readonly number[] | undefined;
  /** Values of an int32 sample, for the functions that take int32. */
  readonly integers?: readonly number[] | undefined;
  /** Whether the result is bool, and so has no gradient. */
  readonly isTest?: boolean | undefined;
  readonly samples?: readonly OpSample[] | undefined;
  readonly kinks?: readonly OpKink[] | undefined;
  readonly errors?: readonly OpErrorSample[] | undefined;
  readonly tolerance?: OpTolerance | undefined;
}

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const special = [nan, inf, -inf, 0, 0.5, -0.5, 1, -1, 3, -3];

/** The record of an elementwise function: odd sizes, a scalar, nothing, special values, dtypes. */
export function unaryRecord(description: UnaryDescription): OpRecord {
  const { name, call, torch, low, high, isTest, kinks, tolerance } = description;
  const differentiable = isTest ? [] : undefined;
  const shapes = { matrix: [3, 5], 'rank 4': [2, 3, 2, 3], vector: [37], scalar: [], empty: [0, 3] };
  const samples: OpSample[] = Object.entries(shapes).map(([shape, extents], seed) => {
    return { name: shape, inputs: [uniform(extents, { low, high, seed })], call, torch, differentiable };
  });
  samples.push({ name: 'special values', inputs: [floats(description.special ?? special)], call, torch, differentiable: [] });
  if (description.integers) samples.push({ name: 'int32', inputs: [integers(description.integers)], call, torch });
  return {
    name,
    samples: [...samples, ...(description.samples ?? [])],
    kinks,
    errors: description.errors ?? [refusal(description)],
    tolerance,
  };
}

/** Values of a kink in one input, with the gradient at each. */
export function kink(call: (x: Tensor) => Tensor, gradients: Readonly<Record<string, number>>): OpKink {
  const at = Object.keys(gradients);
  return { name: `at ${at.join(', ')}`, inputs: [floats(at.map(Number))], call, gradients: [Object.values(gradients)] };
}

/** The dtype that an elementwise function refuses. */
export function refusal({ name, call, integers: takesIntegers }: UnaryDescription): OpErrorSample {
  const [dtype, allowed] = takesIntegers ? (['bool', 'float or int32'] as const) : (['int32', 'float'] as const);
  return {
    name: dtype,
    inputs: [integers([1, 0], [2], dtype)],
    call,
    error: DTypeError,
    message: `${name}: dtype must be ${allowed}, got ${dtype}: convert it with cast(x, 'float32')`,
  };
}
