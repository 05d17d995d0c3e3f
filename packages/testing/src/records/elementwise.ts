import * as dl from '@dl/tensor';
import type { OpRecord } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';
import { kink, unaryRecord } from './unary-record.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

const signed = [-3, 0, 4, 2147483647];

/** Functions of one tensor, but activations. */
export const elementwiseRecords: readonly OpRecord[] = [
  unaryRecord({ name: 'neg', call: dl.neg, torch: 'torch.neg(x0)', integers: signed }),
  unaryRecord({ name: 'abs', call: dl.abs, torch: 'torch.abs(x0)', integers: signed, kinks: [kink(dl.abs, { 0: 0 })] }),
  unaryRecord({
    name: 'sign',
    call: dl.sign,
    torch: 'torch.sign(x0)',
    integers: signed,
    special: [inf, -inf, 0, 3, -3],
    // PyTorch says 0 of NaN, NumPy and we NaN.
    samples: [{ name: 'NaN', inputs: [floats([nan])], call: dl.sign, differentiable: [] }],
    kinks: [kink(dl.sign, { 0: 0 })],
  }),
  unaryRecord({ name: 'square', call: dl.square, torch: 'torch.square(x0)', integers: [-3, 0, 4, 46341] }),
  unaryRecord({ name: 'exp', call: dl.exp, torch: 'torch.exp(x0)', special: [nan, inf, -inf, 0, 88, 89, -88, -104] }),
  unaryRecord({ name: 'expm1', call: dl.expm1, torch: 'torch.expm1(x0)', special: [nan, inf, -inf, 0, 89, -104] }),
  unaryRecord({ name: 'log', call: dl.log, torch: 'torch.log(x0)', low: 0.2, high: 5 }),
  unaryRecord({ name: 'log1p', call: dl.log1p, torch: 'torch.log1p(x0)', low: -0.7 }),
  unaryRecord({ name: 'sqrt', call: dl.sqrt, torch: 'torch.sqrt(x0)', low: 0.2, high: 5, kinks: [kink(dl.sqrt, { 0: inf })] }),
  unaryRecord({ name: 'rsqrt', call: dl.rsqrt, torch: 'torch.rsqrt(x0)', low: 0.2, high: 5 }),
  unaryRecord({ name: 'reciprocal', call: dl.reciprocal, torch: 'torch.reciprocal(x0)', low: 0.3, high: 3 }),
  unaryRecord({ name: 'sin', call: dl.sin, torch: 'torch.sin(x0)', low: -7, high: 7 }),
  unaryRecord({ name: 'cos', call: dl.cos, torch: 'torch.cos(x0)', low: -7, high: 7 }),
  unaryRecord({ name: 'tan', call: dl.tan, torch: 'torch.tan(x0)', low: -1.3, high: 1.3 }),
  unaryRecord({ name: 'asin', call: dl.asin, torch: 'torch.asin(x0)', low: -0.9, high: 0.9 }),
  unaryRecord({ name: 'acos', call: dl.acos, torch: 'torch.acos(x0)', low: -0.9, high: 0.9 }),
  unaryRecord({ name: 'atan', call: dl.atan, torch: 'torch.atan(x0)', low: -5, high: 5 }),
  unaryRecord({ name: 'sinh', call: dl.sinh, torch: 'torch.sinh(x0)', special: [nan, inf, -inf, 0, 1e-4, 3, -90] }),
  unaryRecord({ name: 'cosh', call: dl.cosh, torch: 'torch.cosh(x0)', special: [nan, inf, -inf, 0, 1e-4, 3, -90] }),
  unaryRecord({ name: 'tanh', call: dl.tanh, torch: 'torch.tanh(x0)', special: [nan, inf, -inf, 0, 1e-4, 3, -90] }),
  unaryRecord({ name: 'asinh', call: dl.asinh, torch: 'torch.asinh(x0)', low: -5, high: 5 }),
  unaryRecord({ name: 'acosh', call: dl.acosh, torch: 'torch.acosh(x0)', low: 1.2, high: 5 }),
  unaryRecord({ name: 'atanh', call: dl.atanh, torch: 'torch.atanh(x0)', low: -0.9, high: 0.9 }),
  unaryRecord({ name: 'erf', call: dl.erf, torch: 'torch.erf(x0)' }),
  ...Object.entries({ floor: dl.floor, ceil: dl.ceil, round: dl.round, trunc: dl.trunc }).map(([name, call]) =>
    unaryRecord({
      name,
      call,
      torch: `torch.${name}(x0)`,
      low: -4,
      high: 4,
      special: [nan, inf, -inf, 0, 0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 8388609, 16777216, -3e9],
      kinks: [kink(call, { 0: 0, 0.5: 0, 1: 0 })],
    }),
  ),
  unaryRecord({ name: 'isNan', call: dl.isNan, torch: 'torch.isnan(x0)', isTest: true }),
  unaryRecord({ name: 'isFinite', call: dl.isFinite, torch: 'torch.isfinite(x0)', isTest: true }),
  unaryRecord({
    name: 'logicalNot',
    call: dl.logicalNot,
    torch: 'torch.logical_not(x0)',
    isTest: true,
    integers: [-1, 0, 5],
    samples: (['uint8', 'bool'] as const).map((dtype) => {
      return { name: dtype, inputs: [integers([0, 1, 1, 0], [4], dtype)], call: dl.logicalNot, torch: 'torch.logical_not(x0)' };
    }),
    errors: [],
  }),
  {
    name: 'clamp',
    samples: [
      {
        name: 'both bounds',
        inputs: [uniform([3, 5])],
        call: (x) => dl.clamp(x, { min: -0.5, max: 1 }),
        torch: 'x0.clamp(-0.5, 1)',
      },
      { name: 'min only', inputs: [uniform([3, 5])], call: (x) => dl.clamp(x, { min: 0.25 }), torch: 'x0.clamp(min=0.25)' },
      { name: 'max only', inputs: [uniform([3, 5])], call: (x) => dl.clamp(x, { max: 0.25 }), torch: 'x0.clamp(max=0.25)' },
      { name: 'min above max', inputs: [uniform([7])], call: (x) => dl.clamp(x, { min: 1, max: -1 }), torch: 'x0.clamp(1, -1)' },
      {
        name: 'special values',
        inputs: [floats([nan, inf, -inf, 0])],
        call: (x) => dl.clamp(x, { min: -1, max: 1 }),
        torch: 'x0.clamp(-1, 1)',
        differentiable: [],
      },
      { name: 'int32', inputs: [integers([-9, 0, 9])], call: (x) => dl.clamp(x, { min: -2, max: 3 }), torch: 'x0.clamp(-2, 3)' },
      {
        name: 'uint8 with a bound that it cannot hold',
        inputs: [integers([0, 7, 255], [3], 'uint8')],
        call: (x) => dl.clamp(x, { min: -1, max: 9 }),
        torch: 'x0.int().clamp(-1, 9)',
      },
      { name: 'empty', inputs: [uniform([0, 2])], call: (x) => dl.clamp(x, { min: 0 }), torch: 'x0.clamp(min=0)' },
    ],
    kinks: [kink((x) => dl.clamp(x, { min: 0, max: 1 }), { 0: 1, 1: 1 })],
    errors: [
      {
        name: 'no bound',
        inputs: [uniform([2])],
        call: (x) => dl.clamp(x, {}),
        error: dl.ArgumentError,
        message: 'clamp: min or max must be given, got neither',
      },
    ],
  },
  {
    name: 'cast',
    samples: [
      {
        name: 'float to int32 truncates',
        inputs: [floats([-1.75, -0.5, 0, 0.99, 2.5, 1e9])],
        call: (x) => dl.cast(x, 'int32'),
        torch: 'x0.int()',
        differentiable: [],
      },
      {
        // PyTorch leaves these undefined.
        name: 'float to int32 saturates',
        inputs: [floats([nan, inf, -inf, 3e9, -3e9])],
        call: (x) => dl.cast(x, 'int32'),
        differentiable: [],
      },
      {
        name: 'float to uint8 saturates',
        inputs: [floats([nan, -1, 7.9, 256])],
        call: (x) => dl.cast(x, 'uint8'),
        differentiable: [],
      },
      {
        name: 'float to bool',
        inputs: [floats([nan, 0, 0.1, -2])],
        call: (x) => dl.cast(x, 'bool'),
        torch: 'x0.bool()',
        differentiable: [],
      },
      {
        name: 'int32 to float32',
        inputs: [integers([-3, 0, 16777217])],
        call: (x) => dl.cast(x, 'float32'),
        torch: 'x0.double()',
      },
      { name: 'int32 to uint8 saturates', inputs: [integers([-3, 5, 300])], call: (x) => dl.cast(x, 'uint8') },
      { name: 'uint8 to int32', inputs: [integers([0, 200], [2], 'uint8')], call: (x) => dl.cast(x, 'int32'), torch: 'x0.int()' },
      {
        name: 'bool to float32',
        inputs: [integers([1, 0, 1], [3], 'bool')],
        call: (x) => dl.cast(x, 'float32'),
        torch: 'x0.double()',
      },
      { name: 'to its own dtype', inputs: [integers([1, 2], [2, 1])], call: (x) => dl.cast(x, 'int32'), torch: 'x0.int()' },
      { name: 'empty', inputs: [integers([], [0, 2])], call: (x) => dl.cast(x, 'uint8'), torch: 'x0.byte()' },
      {
        name: 'there and back through the same float',
        inputs: [uniform([2, 3])],
        call: (x) => dl.cast(dl.mul(dl.cast(x, x.dtype), x), x.dtype),
        torch: 'x0 * x0',
      },
    ],
  },
];
