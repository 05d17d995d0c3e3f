import { DTypeError, ShapeError } from '@dl/kernels';
import { booleanMask, nonZero } from '@dl/tensor';
import type { OpRecord } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

const { NaN: nan } = Number;

/** Ops whose output shape depends on values, so that they read before they answer. */
export const asynchronousRecords: readonly OpRecord[] = [
  {
    name: 'booleanMask',
    samples: [],
    asyncSamples: [
      {
        name: 'vector',
        inputs: [uniform([5]), integers([1, 0, 0, 1, 1], [5], 'bool')],
        call: booleanMask,
        torch: 'x0[x1]',
      },
      {
        name: 'rows',
        inputs: [uniform([3, 4]), integers([0, 1, 1], [3], 'bool')],
        call: booleanMask,
        torch: 'x0[x1]',
      },
      {
        name: 'matrix of rank 3',
        inputs: [uniform([2, 2, 3]), integers([0, 1, 1, 0], [2, 2], 'bool')],
        call: booleanMask,
        torch: 'x0[x1]',
      },
      {
        name: 'int32',
        inputs: [integers([4, 5, 6]), integers([1, 0, 1], [3], 'bool')],
        call: booleanMask,
        torch: 'x0[x1]',
      },
      {
        name: 'nothing chosen',
        inputs: [uniform([3, 2]), integers([0, 0, 0], [3], 'bool')],
        call: booleanMask,
        torch: 'x0[x1]',
      },
    ],
    errors: [
      {
        name: 'mask of another shape',
        inputs: [uniform([3, 2]), integers([1, 0], [2], 'bool')],
        call: booleanMask,
        error: ShapeError,
        message: 'booleanMask: mask must have the leading axes of x, got [2] (x [3, 2])',
      },
      {
        name: 'int32 mask',
        inputs: [uniform([2]), integers([1, 0])],
        call: booleanMask,
        error: DTypeError,
        message: 'booleanMask: mask must be bool, got int32: compare it, as in greater(x, 0)',
      },
    ],
  },
  {
    name: 'nonZero',
    samples: [],
    asyncSamples: [
      { name: 'matrix', inputs: [floats([0, 7, -5, 0, nan, 0], [2, 3])], call: nonZero, torch: 'x0.nonzero()' },
      { name: 'vector of bool', inputs: [integers([1, 0, 1], [3], 'bool')], call: nonZero, torch: 'x0.nonzero()' },
      { name: 'rank 3', inputs: [integers([0, 1, 2, 0, 0, 0, 0, 9], [2, 2, 2])], call: nonZero, torch: 'x0.nonzero()' },
      { name: 'scalar', inputs: [floats([3], [])], call: nonZero, torch: 'x0.nonzero()' },
      { name: 'nothing', inputs: [floats([0, 0])], call: nonZero, torch: 'x0.nonzero()' },
    ],
  },
];
