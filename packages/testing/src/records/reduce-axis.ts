import * as dl from '@dl/tensor';
import type { OpErrorSample, OpRecord, OpSample } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

// Large, infinitely small, all infinitely small, infinitely large, undefined.
const extremes = [
  [1000, 1000, 999],
  [0, -inf, 1],
  [-inf, -inf],
  [0, inf],
  [nan, 1],
];

/** Functions along one axis. */
export const axisRecords: readonly OpRecord[] = [
  argRecord('argMax', dl.argMax, 'argmax'),
  argRecord('argMin', dl.argMin, 'argmin'),
  {
    name: 'cumSum',
    samples: [
      ...alongAxes(
        (x, axis) => dl.cumSum(x, axis),
        (axis) => `x0.cumsum(${axis})`,
      ),
      ...alongAxes(
        (x, axis) => dl.cumSum(x, axis, { exclusive: true }),
        (axis) => `x0.cumsum(${axis}) - x0`,
        'exclusive, ',
      ),
      ...alongAxes(
        (x, axis) => dl.cumSum(x, axis, { reverse: true }),
        (axis) => `x0.flip(${axis}).cumsum(${axis}).flip(${axis})`,
        'reverse, ',
      ),
      {
        name: 'exclusive and reverse',
        inputs: [uniform([3, 4])],
        call: (x) => dl.cumSum(x, 0, { exclusive: true, reverse: true }),
        torch: 'x0.flip(0).cumsum(0).flip(0) - x0',
      },
      { name: 'int32', inputs: [integers([3, -1, 4])], call: (x) => dl.cumSum(x), torch: 'x0.cumsum(0)' },
      {
        name: 'uint8 adds up as int32',
        inputs: [integers([255, 1, 4], [3], 'uint8')],
        call: (x) => dl.cumSum(x),
        torch: 'x0.cumsum(0)',
      },
      { name: 'bool counts', inputs: [integers([1, 0, 1], [3], 'bool')], call: (x) => dl.cumSum(x), torch: 'x0.cumsum(0)' },
      {
        name: 'NaN and infinity',
        inputs: [floats([1, inf, nan, 2])],
        call: (x) => dl.cumSum(x),
        torch: 'x0.cumsum(0)',
        differentiable: [],
      },
    ],
    errors: [axisError('cumSum', dl.cumSum)],
  },
  {
    name: 'softmax',
    samples: [
      ...alongAxes(dl.softmax, (axis) => `torch.softmax(x0, ${axis})`),
      ...extremes.map((row, i) => special(i, row, (x) => dl.softmax(x), 'torch.softmax(x0, -1)')),
    ],
    errors: [axisError('softmax', dl.softmax), dtypeError('softmax', dl.softmax)],
  },
  {
    name: 'logSoftmax',
    samples: [
      ...alongAxes(dl.logSoftmax, (axis) => `torch.log_softmax(x0, ${axis})`),
      ...extremes.map((row, i) => special(i, row, (x) => dl.logSoftmax(x), 'torch.log_softmax(x0, -1)')),
    ],
    errors: [axisError('logSoftmax', dl.logSoftmax), dtypeError('logSoftmax', dl.logSoftmax)],
  },
];

function special(i: number, row: readonly number[], call: (x: dl.Tensor) => dl.Tensor, torch: string): OpSample {
  return { name: `special values ${i}`, inputs: [floats(row)], call, torch, differentiable: [] };
}

function alongAxes(call: (x: dl.Tensor, axis: number) => dl.Tensor, torch: (axis: number) => string, prefix = ''): OpSample[] {
  const cases: readonly (readonly [string, readonly number[], number])[] = [
    ['vector', [7], 0],
    ['last axis', [3, 5], -1],
    ['first axis', [3, 5], 0],
    ['middle axis', [2, 3, 4], 1],
    ['odd row', [2, 37], 1],
    ['one element', [3, 1], 1],
    ['no rows', [0, 3], 1],
    ['over nothing', [3, 0], 1],
  ];
  return cases.map(([name, shape, axis], seed) => {
    return { name: `${prefix}${name}`, inputs: [uniform(shape, { seed })], call: (x) => call(x, axis), torch: torch(axis) };
  });
}

function argRecord(name: string, call: typeof dl.argMax, torch: string): OpRecord {
  const sample = (title: string, inputs: OpSample['inputs'], axis?: number, keepDims?: boolean): OpSample => {
    const dim = axis === undefined ? '' : `dim=${axis}, keepdim=${keepDims ? 'True' : 'False'}`;
    return { name: title, inputs, call: (x) => call(x, axis, { keepDims }), torch: `x0.${torch}(${dim})`, differentiable: [] };
  };
  return {
    name,
    samples: [
      sample('all', [uniform([3, 5])]),
      sample('first axis', [uniform([3, 5])], 0),
      sample('last axis, kept', [uniform([3, 5])], -1, true),
      sample('middle axis', [uniform([2, 3, 4])], 1),
      sample('odd row', [uniform([2, 37])], 1),
      sample('scalar', [uniform([])]),
      sample('no rows', [uniform([0, 3])], 1),
      sample('ties: the first', [floats([1, 2, 2, 1, 1])], 0),
      sample('NaN: the first', [floats([1, nan, 5, nan])], 0),
      sample('infinities', [floats([-inf, 1, inf])], 0),
      sample('nothing but -∞', [floats([-inf, -inf])], 0),
      sample('int32', [integers([3, -1, 4, 1])], 0),
      sample('uint8', [integers([3, 255, 0], [3], 'uint8')], 0),
      { ...sample('bool', [integers([1, 0, 1], [3], 'bool')], 0), torch: `x0.int().${torch}(0)` },
      {
        name: 'all, kept',
        inputs: [uniform([2, 3])],
        call: (x) => call(x, undefined, { keepDims: true }),
        torch: `x0.${torch}().reshape(1, 1)`,
        differentiable: [],
      },
    ],
    errors: [
      axisError(name, call),
      {
        name: 'nothing',
        inputs: [uniform([2, 0])],
        call: (x) => call(x, 1),
        error: dl.ShapeError,
        message: `${name}: reduced axes must have elements, got axis 1 of [2, 0]`,
      },
      {
        name: 'nothing at all',
        inputs: [uniform([2, 0])],
        call: (x) => call(x),
        error: dl.ShapeError,
        message: `${name}: reduced axes must have elements, got axis 0 of [0]`,
      },
    ],
  };
}

function axisError(name: string, call: (x: dl.Tensor, axis: number) => dl.Tensor): OpErrorSample {
  return {
    name: 'axis out of range',
    inputs: [uniform([2, 3])],
    call: (x) => call(x, -3),
    error: dl.ShapeError,
    message: `${name}: axis must be an integer in [-2, 2), got -3`,
  };
}

function dtypeError(name: string, call: (x: dl.Tensor) => dl.Tensor): OpErrorSample {
  return {
    name: 'int32',
    inputs: [integers([1, 2])],
    call: (x) => call(x),
    error: dl.DTypeError,
    message: `${name}: dtype must be float, got int32: convert it with cast(x, 'float32')`,
  };
}
