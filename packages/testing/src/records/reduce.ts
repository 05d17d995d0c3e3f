import * as dl from '@dl/tensor';
import type { OpErrorSample, OpRecord, OpSample } from '../record.ts';
import { floats, uniform } from '../sample.ts';
import { axisRecords } from './reduce-axis.ts';
import { reduceRecord } from './reduce-record.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** PyTorch 1.13 reduces some functions over one axis at a time. */
function oneByOne(fn: string): (x: string, dim: string, keepdim: string) => string {
  return (x, dim, keepdim) =>
    `__import__('functools').reduce(lambda y, d: y.${fn}(d, ${keepdim}), sorted((d % max(1, ${x}.dim()) for d in ${dim}), reverse=True), ${x})`;
}

function reducing(fn: string): (x: string, dim: string, keepdim: string) => string {
  return (x, dim, keepdim) => `${x}.${fn}(dim=${dim}, keepdim=${keepdim})`;
}

const nothing = ['over nothing', 'over nothing at all'];

/** Reductions over any axes. */
export const reduceRecords: readonly OpRecord[] = [
  reduceRecord({
    name: 'sum',
    call: dl.sum,
    torch: reducing('sum'),
    integers: true,
    samples: [{ name: 'a thousand', inputs: [uniform([1000])], call: (x) => dl.sum(x), torch: 'x0.sum()' }],
  }),
  {
    name: 'sumTo',
    samples: [
      { name: 'stretched axes', inputs: [uniform([2, 3, 4])], call: (x) => dl.sumTo(x, [3, 1]), torch: 'x0.sum_to_size(3, 1)' },
      { name: 'to a scalar', inputs: [uniform([2, 3])], call: (x) => dl.sumTo(x, []), torch: 'x0.sum()' },
      { name: 'to its own shape', inputs: [uniform([2, 3])], call: (x) => dl.sumTo(dl.mul(x, 2), [2, 3]), torch: 'x0 * 2' },
      { name: 'leading ones', inputs: [uniform([1, 1, 3])], call: (x) => dl.sumTo(x, [3]), torch: 'x0.sum_to_size(3)' },
      { name: 'empty', inputs: [uniform([0, 3])], call: (x) => dl.sumTo(x, [1, 3]), torch: 'x0.sum_to_size(1, 3)' },
    ],
  },
  reduceRecord({ name: 'mean', call: dl.mean, torch: reducing('mean'), undefinedFor: nothing }),
  reduceRecord({
    name: 'prod',
    call: dl.prod,
    torch: oneByOne('prod'),
    integers: true,
    samples: [
      ['one zero', [2, 0, 3, -1]],
      ['two zeros', [2, 0, 0, -1]],
      ['all zeros', [0, 0, 0]],
      ['ones', [1, 1, 1, 1, 1]],
    ].map(
      ([name, values]): OpSample => ({
        name: `${name}`,
        inputs: [floats(values as number[])],
        call: (x) => dl.prod(x),
        torch: 'x0.prod()',
      }),
    ),
  }),
  reduceRecord({
    name: 'max',
    call: dl.max,
    torch: reducing('amax'),
    integers: true,
    refusesEmpty: true,
    kinks: [
      { name: 'two of three tie', inputs: [floats([2, 1, 2])], call: (x) => dl.max(x), gradients: [[0.5, 0, 0.5]] },
      { name: 'all tie', inputs: [floats([3, 3, 3, 3], [2, 2])], call: (x) => dl.max(x), gradients: [[0.25, 0.25, 0.25, 0.25]] },
    ],
  }),
  reduceRecord({
    name: 'min',
    call: dl.min,
    torch: reducing('amin'),
    integers: true,
    refusesEmpty: true,
    kinks: [{ name: 'two of three tie', inputs: [floats([1, 2, 1])], call: (x) => dl.min(x), gradients: [[0.5, 0, 0.5]] }],
  }),
  reduceRecord({
    name: 'any',
    call: dl.any,
    torch: (x, dim, keepdim) => oneByOne('any')(`${x}.bool()`, dim, keepdim),
    integers: true,
    isTest: true,
  }),
  reduceRecord({
    name: 'all',
    call: dl.all,
    torch: (x, dim, keepdim) => oneByOne('all')(`${x}.bool()`, dim, keepdim),
    integers: true,
    isTest: true,
  }),
  reduceRecord({
    name: 'countNonZero',
    call: dl.countNonZero,
    torch: (x, dim, keepdim) => `${x}.bool().sum(dim=${dim}, keepdim=${keepdim})`,
    integers: true,
    isTest: true,
  }),
  reduceRecord({
    name: 'variance',
    undefinedFor: [...nothing, 'axis of extent 1', 'scalar'],
    call: dl.variance,
    torch: (x, dim, keepdim) => `torch.var(${x}, dim=${dim}, correction=1, keepdim=${keepdim})`,
    samples: [
      {
        name: 'correction 0',
        inputs: [uniform([3, 4])],
        call: (x) => dl.variance(x, 0, { correction: 0 }),
        torch: 'x0.var(0, correction=0)',
      },
      {
        name: 'far from 0',
        inputs: [uniform([50], { low: 1000, high: 1001 })],
        call: (x) => dl.variance(x),
        torch: 'x0.var()',
      },
    ],
    kinks: [{ name: 'equal elements', inputs: [floats([3, 3])], call: (x) => dl.variance(x), gradients: [[0, 0]] }],
  }),
  reduceRecord({
    name: 'std',
    undefinedFor: [...nothing, 'axis of extent 1', 'scalar'],
    call: dl.std,
    torch: (x, dim, keepdim) => `torch.std(${x}, dim=${dim}, correction=1, keepdim=${keepdim})`,
    samples: [
      {
        name: 'correction 0',
        inputs: [uniform([3, 4])],
        call: (x) => dl.std(x, 0, { correction: 0 }),
        torch: 'x0.std(0, correction=0)',
      },
    ],
    kinks: [{ name: 'equal elements', inputs: [floats([3, 3])], call: (x) => dl.std(x), gradients: [[0, 0]] }],
  }),
  reduceRecord({
    name: 'logSumExp',
    undefinedFor: nothing,
    call: dl.logSumExp,
    torch: reducing('logsumexp'),
    special: [
      [1000, 1000.5, 999],
      [-1000, -1001],
      [-inf, 0, 1],
      [-inf, -inf],
      [inf, 0],
      [nan, 0],
    ],
    kinks: [
      { name: 'nothing but -∞', inputs: [floats([-inf, -inf])], call: (x) => dl.logSumExp(x), gradients: [[0, 0]] },
      { name: 'one of them -∞', inputs: [floats([-inf, 2])], call: (x) => dl.logSumExp(x), gradients: [[0, 1]] },
    ],
  }),
  normRecord(),
  ...axisRecords,
];

function normRecord(): OpRecord {
  const other = (p: number, ord: string): OpSample[] =>
    [undefined, 0, [0, 2]].map((axes, i) => ({
      name: `p = ${ord}, axes ${axes}`,
      inputs: [uniform([2, 3, 2], { seed: i })],
      call: (x) => dl.norm(x, axes, { p }),
      torch: `torch.linalg.vector_norm(x0, ${ord}, ${axes === undefined ? 'None' : JSON.stringify(axes)})`,
    }));
  const unknown: OpErrorSample = {
    name: 'another p',
    inputs: [uniform([2])],
    call: (x) => dl.norm(x, 0, { p: 3 }),
    error: dl.ArgumentError,
    message: 'norm: p must be 1, 2 or Infinity, got 3',
  };
  const empty: OpErrorSample = {
    name: 'greatest of nothing',
    inputs: [uniform([0])],
    call: (x) => dl.norm(x, 0, { p: inf }),
    error: dl.ShapeError,
    message: 'max: reduced axes must have elements, got axis 0 of [0]',
  };
  return reduceRecord({
    name: 'norm',
    call: dl.norm,
    torch: (x, dim, keepdim) => `torch.linalg.vector_norm(${x}, 2, dim=${dim}, keepdim=${keepdim})`,
    samples: [...other(1, '1'), ...other(inf, 'math.inf')],
    kinks: [
      { name: 'zero vector', inputs: [floats([0, 0])], call: (x) => dl.norm(x), gradients: [[0, 0]] },
      { name: 'a zero, p = 1', inputs: [floats([0, -2])], call: (x) => dl.norm(x, 0, { p: 1 }), gradients: [[0, -1]] },
      { name: 'a tie, p = ∞', inputs: [floats([2, -2, 1])], call: (x) => dl.norm(x, 0, { p: inf }), gradients: [[0.5, -0.5, 0]] },
    ],
    errors: [unknown, empty],
  });
}
