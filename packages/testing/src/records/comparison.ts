import * as dl from '@dl/tensor';
import type { OpRecord } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';
import { binaryRecord } from './binary-record.ts';

const { NaN: nan } = Number;
const bits = (values: readonly number[], shape?: readonly number[]) => integers(values, shape, 'bool');

/** Comparisons, logic of two operands, and choice. */
export const comparisonRecords: readonly OpRecord[] = [
  ...Object.entries({
    equal: [dl.equal, 'eq'],
    notEqual: [dl.notEqual, 'ne'],
    less: [dl.less, 'lt'],
    lessEqual: [dl.lessEqual, 'le'],
    greater: [dl.greater, 'gt'],
    greaterEqual: [dl.greaterEqual, 'ge'],
    logicalAnd: [dl.logicalAnd, 'logical_and'],
    logicalOr: [dl.logicalOr, 'logical_or'],
    logicalXor: [dl.logicalXor, 'logical_xor'],
  } as const).map(([name, [call, torch]]) =>
    binaryRecord({ name, call, torch: (a, b) => `torch.${torch}(${a}, ${b})`, isTest: true }),
  ),
  {
    name: 'where',
    samples: [
      {
        name: 'equal shapes',
        inputs: [bits([1, 0, 0, 1, 1, 0], [2, 3]), uniform([2, 3]), uniform([2, 3], { seed: 1 })],
        call: dl.where,
        torch: 'torch.where(x0, x1, x2)',
      },
      {
        name: 'the condition broadcasts',
        inputs: [bits([1, 0], [2, 1]), uniform([2, 3]), uniform([3], { seed: 1 })],
        call: dl.where,
        torch: 'torch.where(x0, x1, x2)',
      },
      {
        name: 'the operands broadcast',
        inputs: [bits([1, 0, 1, 0, 0, 1], [2, 3]), uniform([]), uniform([2, 1], { seed: 1 })],
        call: dl.where,
        torch: 'torch.where(x0, x1, x2)',
      },
      {
        name: 'scalars',
        inputs: [bits([1], []), uniform([]), uniform([], { seed: 1 })],
        call: dl.where,
        torch: 'torch.where(x0, x1, x2)',
      },
      {
        name: 'empty',
        inputs: [bits([], [0, 1]), uniform([3]), uniform([1, 3], { seed: 1 })],
        call: dl.where,
        torch: 'torch.where(x0, x1, x2)',
      },
      {
        name: 'number if true',
        inputs: [bits([1, 0, 1]), uniform([3])],
        call: (c, x) => dl.where(c, 0.5, x),
        torch: 'torch.where(x0, torch.tensor(0.5), x1)',
      },
      {
        name: 'number if false',
        inputs: [bits([1, 0, 1]), uniform([3])],
        call: (c, x) => dl.where(c, x, 0.5),
        torch: 'torch.where(x0, x1, torch.tensor(0.5))',
      },
      {
        name: 'NaN where it is not chosen',
        inputs: [bits([1, 0]), floats([1, nan]), floats([nan, 2])],
        call: dl.where,
        torch: 'torch.where(x0, x1, x2)',
        differentiable: [],
      },
      {
        name: 'int32 and float',
        inputs: [bits([1, 0]), integers([7, 8]), floats([0.5, 1.5])],
        call: dl.where,
        torch: 'torch.where(x0, x1.double(), x2)',
      },
      {
        name: 'uint8',
        inputs: [bits([1, 0]), integers([7, 8], [2], 'uint8'), integers([1, 2], [2], 'uint8')],
        call: dl.where,
        torch: 'torch.where(x0, x1, x2)',
      },
      { name: 'bool', inputs: [bits([1, 0]), bits([0, 0]), bits([1, 1])], call: dl.where, torch: 'torch.where(x0, x1, x2)' },
    ],
    errors: [
      {
        name: 'condition is not bool',
        inputs: [integers([1, 0]), uniform([2]), uniform([2])],
        call: dl.where,
        error: dl.DTypeError,
        message: "where: condition must be bool, got int32: compare it, or convert it with cast(x, 'bool')",
      },
      {
        name: 'condition does not broadcast',
        inputs: [bits([1, 0]), uniform([3]), uniform([3])],
        call: dl.where,
        error: dl.ShapeError,
        message: 'where: shapes must broadcast, got 2 and 3 at axis 0 (a [2], b [3])',
      },
      {
        name: 'two numbers',
        inputs: [bits([1, 0])],
        call: (c) => dl.where(c, 1, 0),
        error: dl.ArgumentError,
        message: 'where: one operand must be a tensor, got the numbers 1 and 0',
      },
    ],
  },
];
