import * as dl from '@dl/tensor';
import type { OpRecord } from '../record.ts';
import { integers, uniform } from '../sample.ts';
import { gateRecords } from './gates.ts';
import { kink, refusal, unaryRecord } from './unary-record.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

// An infinity times a limit of 0 is NaN to us and to PyTorch alike: these end before.
const finite = [nan, inf, 0, 0.5, -0.5, 20, -20, 100, -100];

/** Functions that networks put between layers. */
export const activationRecords: readonly OpRecord[] = [
  unaryRecord({
    name: 'relu',
    call: dl.relu,
    torch: 'F.relu(x0)',
    integers: [-3, 0, 4],
    kinks: [kink(dl.relu, { 0: 0, NaN: 1 })],
  }),
  unaryRecord({ name: 'sigmoid', call: dl.sigmoid, torch: 'torch.sigmoid(x0)', special: [nan, inf, -inf, 0, 100, -100] }),
  unaryRecord({
    name: 'softplus',
    call: dl.softplus,
    torch: 'torch.logaddexp(x0, torch.zeros_like(x0))',
    special: [nan, inf, 0, 200, -200],
    samples: [
      {
        name: 'beta 2.5',
        inputs: [uniform([9])],
        call: (x) => dl.softplus(x, { beta: 2.5 }),
        torch: 'F.softplus(x0, 2.5, threshold=1e9)',
      },
      {
        name: 'beta 0.5 and threshold 0.3',
        inputs: [uniform([3, 5])],
        call: (x) => dl.softplus(x, { beta: 0.5, threshold: 0.3 }),
        torch: 'F.softplus(x0, 0.5, 0.3)',
      },
    ],
    errors: [
      refusal({ name: 'softplus', call: dl.softplus }),
      {
        name: 'beta 0',
        inputs: [uniform([2])],
        call: (x) => dl.softplus(x, { beta: 0 }),
        error: dl.ArgumentError,
        message: 'softplus: beta must be above 0, got 0',
      },
    ],
  }),
  unaryRecord({ name: 'logSigmoid', call: dl.logSigmoid, torch: 'F.logsigmoid(x0)', special: [nan, inf, 0, 200, -200] }),
  unaryRecord({
    name: 'leakyRelu',
    call: dl.leakyRelu,
    torch: 'F.leaky_relu(x0)',
    samples: [
      {
        name: 'slope 0.3',
        inputs: [uniform([9])],
        call: (x) => dl.leakyRelu(x, { negativeSlope: 0.3 }),
        torch: 'F.leaky_relu(x0, 0.3)',
      },
    ],
    kinks: [kink((x) => dl.leakyRelu(x, { negativeSlope: 0.25 }), { 0: 0.25 })],
  }),
  unaryRecord({
    name: 'elu',
    call: dl.elu,
    torch: 'F.elu(x0)',
    samples: [
      { name: 'alpha 0.5', inputs: [uniform([9])], call: (x) => dl.elu(x, { alpha: 0.5 }), torch: 'F.elu(x0, 0.5)' },
      { name: 'far out', inputs: [uniform([9], { low: -200, high: 200 })], call: (x) => dl.elu(x), torch: 'F.elu(x0)' },
    ],
    kinks: [kink((x) => dl.elu(x, { alpha: 2 }), { 0: 2, 1000: 1 })],
  }),
  unaryRecord({
    name: 'selu',
    call: dl.selu,
    torch: 'F.selu(x0)',
    kinks: [kink(dl.selu, { 0: Math.fround(1.0507009873554805 * 1.6732632423543772) })],
  }),
  unaryRecord({
    name: 'celu',
    call: dl.celu,
    torch: 'F.celu(x0)',
    samples: [{ name: 'alpha 0.5', inputs: [uniform([9])], call: (x) => dl.celu(x, { alpha: 0.5 }), torch: 'F.celu(x0, 0.5)' }],
    kinks: [kink((x) => dl.celu(x, { alpha: 2 }), { 0: 1, 1000: 1 })],
    errors: [
      {
        name: 'alpha 0',
        inputs: [uniform([2])],
        call: (x) => dl.celu(x, { alpha: 0 }),
        error: dl.ArgumentError,
        message: 'celu: alpha must not be 0, got 0',
      },
      {
        name: 'int32',
        inputs: [integers([1])],
        call: (x) => dl.celu(x),
        error: dl.DTypeError,
        message: /^celu: dtype must be float, got int32/,
      },
    ],
  }),
  unaryRecord({
    name: 'gelu',
    call: dl.gelu,
    torch: 'F.gelu(x0)',
    special: finite,
    samples: [
      {
        name: 'tanh',
        inputs: [uniform([3, 5])],
        call: (x) => dl.gelu(x, { approximate: 'tanh' }),
        torch: "F.gelu(x0, approximate='tanh')",
      },
    ],
    errors: [
      {
        name: 'unknown approximation',
        inputs: [uniform([2])],
        call: (x) => dl.gelu(x, JSON.parse('{ "approximate": "sigmoid" }')),
        error: dl.ArgumentError,
        message: "gelu: approximate must be 'none' or 'tanh', got sigmoid",
      },
      {
        name: 'int32',
        inputs: [integers([1])],
        call: (x) => dl.gelu(x),
        error: dl.DTypeError,
        message: /^gelu: dtype must be float, got int32/,
      },
    ],
  }),
  unaryRecord({ name: 'silu', call: dl.silu, torch: 'F.silu(x0)', special: finite }),
  unaryRecord({ name: 'mish', call: dl.mish, torch: 'F.mish(x0)', special: finite }),
  unaryRecord({
    name: 'hardtanh',
    call: dl.hardtanh,
    torch: 'F.hardtanh(x0)',
    samples: [
      {
        name: 'own bounds',
        inputs: [uniform([9])],
        call: (x) => dl.hardtanh(x, { min: -0.5, max: 1.5 }),
        torch: 'F.hardtanh(x0, -0.5, 1.5)',
      },
    ],
    kinks: [kink(dl.hardtanh, { '-1': 0, 0: 1, 1: 0 })],
    errors: [
      {
        name: 'bounds swapped',
        inputs: [uniform([2])],
        call: (x) => dl.hardtanh(x, { min: 1, max: -1 }),
        error: dl.ArgumentError,
        message: 'hardtanh: min must be less than max, got 1 and -1',
      },
      {
        name: 'int32',
        inputs: [integers([1])],
        call: (x) => dl.hardtanh(x),
        error: dl.DTypeError,
        message: /^hardtanh: dtype must be float, got int32/,
      },
    ],
  }),
  unaryRecord({
    name: 'relu6',
    call: dl.relu6,
    torch: 'F.relu6(x0)',
    low: -4,
    high: 10,
    kinks: [kink(dl.relu6, { 0: 0, 6: 0 })],
  }),
  unaryRecord({
    name: 'hardSigmoid',
    call: dl.hardSigmoid,
    torch: 'F.hardsigmoid(x0)',
    low: -5,
    high: 5,
    kinks: [kink(dl.hardSigmoid, { '-3': 0, 3: 0 })],
  }),
  unaryRecord({
    name: 'hardSwish',
    call: dl.hardSwish,
    torch: 'F.hardswish(x0)',
    low: -5,
    high: 5,
    special: finite,
    kinks: [kink(dl.hardSwish, { '-3': -0.5, 3: 1.5 })],
  }),
  unaryRecord({
    name: 'step',
    call: dl.step,
    torch: '(x0 > 0).to(x0.dtype)',
    samples: [
      {
        name: 'threshold 0.5',
        inputs: [uniform([9])],
        call: (x) => dl.step(x, { threshold: 0.5 }),
        torch: '(x0 > 0.5).to(x0.dtype)',
      },
    ],
    kinks: [kink(dl.step, { '-1': 0, 0: 0, 1: 0 })],
  }),
  unaryRecord({
    name: 'hardshrink',
    call: dl.hardshrink,
    torch: 'F.hardshrink(x0)',
    samples: [
      {
        name: 'lambda 1.25',
        inputs: [uniform([9])],
        call: (x) => dl.hardshrink(x, { lambda: 1.25 }),
        torch: 'F.hardshrink(x0, 1.25)',
      },
    ],
    kinks: [kink(dl.hardshrink, { '-0.5': 0, 0: 0, 0.5: 0 })],
  }),
  unaryRecord({
    name: 'softshrink',
    call: dl.softshrink,
    torch: 'F.softshrink(x0)',
    // PyTorch 1.13 gives 0 for NaN.
    special: [inf, -inf, 0, 0.5, -0.5, 1, -1, 3, -3],
    samples: [
      {
        name: 'lambda 1.25',
        inputs: [uniform([9])],
        call: (x) => dl.softshrink(x, { lambda: 1.25 }),
        torch: 'F.softshrink(x0, 1.25)',
      },
    ],
    kinks: [kink(dl.softshrink, { '-0.5': 0, 0: 0, 0.5: 0 })],
    errors: [
      refusal({ name: 'softshrink', call: dl.softshrink }),
      {
        name: 'a negative lambda',
        inputs: [uniform([2])],
        call: (x) => dl.softshrink(x, { lambda: -1 }),
        error: dl.ArgumentError,
        message: 'softshrink: lambda must not be negative, got -1',
      },
    ],
  }),
  unaryRecord({ name: 'tanhshrink', call: dl.tanhshrink, torch: 'F.tanhshrink(x0)' }),
  unaryRecord({
    name: 'threshold',
    call: (x) => dl.threshold(x, { threshold: 0.1, value: 20 }),
    torch: 'F.threshold(x0, 0.1, 20)',
    kinks: [kink((x) => dl.threshold(x, { threshold: 0.5, value: -2 }), { 0: 0, 0.5: 0, 1: 1 })],
  }),
  unaryRecord({ name: 'softsign', call: dl.softsign, torch: 'F.softsign(x0)', kinks: [kink(dl.softsign, { 0: 1 })] }),
  ...gateRecords,
];
