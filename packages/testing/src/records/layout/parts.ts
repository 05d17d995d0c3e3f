import { ArgumentError, ShapeError } from '@dl/kernels';
import { chunk, diagonal, flip, roll, slice, split, tril, triu } from '@dl/tensor';
import type { OpRecord } from '../../record.ts';
import { floats, integers, uniform } from '../../sample.ts';

const grid = uniform([4, 5]);

/** Ops that choose or reorder elements by position. */
export const partRecords: readonly OpRecord[] = [
  {
    name: 'slice',
    samples: [
      {
        name: 'ranges',
        inputs: [grid],
        call: (x) =>
          slice(x, [
            [1, 3],
            [0, 4],
          ]),
        torch: 'x0[1:3, 0:4]',
      },
      { name: 'element drops the axis', inputs: [grid], call: (x) => slice(x, [2]), torch: 'x0[2]' },
      { name: 'negative element', inputs: [grid], call: (x) => slice(x, [null, -2]), torch: 'x0[:, -2]' },
      { name: 'scalar result', inputs: [grid], call: (x) => slice(x, [1, 1]), torch: 'x0[1, 1]' },
      { name: 'open ends', inputs: [grid], call: (x) => slice(x, [[1], [null, -1]]), torch: 'x0[1:, :-1]' },
      {
        name: 'steps',
        inputs: [grid],
        call: (x) =>
          slice(x, [
            [null, null, 2],
            [1, null, 3],
          ]),
        torch: 'x0[::2, 1::3]',
      },
      {
        name: 'backwards',
        inputs: [grid],
        call: (x) =>
          slice(x, [
            [null, null, -1],
            [3, 0, -2],
          ]),
        torch: 'x0.flip(0)[:, [3, 1]]',
      },
      { name: 'backwards past the start', inputs: [grid], call: (x) => slice(x, [[2, -99, -2]]), torch: 'x0[[2, 0]]' },
      { name: 'backwards from beyond the end', inputs: [grid], call: (x) => slice(x, [[99, 1, -1]]), torch: 'x0[[3, 2]]' },
      { name: 'ends clipped', inputs: [grid], call: (x) => slice(x, [[-99, 99]]), torch: 'x0[-99:99]' },
      { name: 'empty range', inputs: [grid], call: (x) => slice(x, [[3, 1]]), torch: 'x0[3:1]' },
      { name: 'of an empty axis', inputs: [uniform([0, 3])], call: (x) => slice(x, [null, [0, 2]]), torch: 'x0[:, 0:2]' },
      { name: 'everything', inputs: [grid], call: (x) => slice(x, []), torch: 'x0[:]' },
      { name: 'int32', inputs: [integers([1, 2, 3, 4])], call: (x) => slice(x, [[1, 3]]), torch: 'x0[1:3]' },
    ],
    errors: [
      {
        name: 'too many ranges',
        inputs: [uniform([3])],
        call: (x) => slice(x, [null, 0]),
        error: ShapeError,
        message: 'slice: ranges must be at most one an axis, got 2 for 1 (x [3])',
      },
      {
        name: 'no such element',
        inputs: [uniform([3])],
        call: (x) => slice(x, [3]),
        error: ShapeError,
        message: 'slice: index must be in [-3, 3), got 3 at axis 0',
      },
      {
        name: 'step 0',
        inputs: [uniform([3])],
        call: (x) => slice(x, [[0, 3, 0]]),
        error: ArgumentError,
        message: 'slice: step must not be 0, got 0 at axis 0',
      },
      {
        name: 'fraction',
        inputs: [uniform([3])],
        call: (x) => slice(x, [[0, 1.5]]),
        error: ArgumentError,
        message: 'slice: end must be an integer, got 1.5',
      },
    ],
  },
  {
    name: 'split',
    samples: [
      { name: 'sizes', inputs: [grid], call: (x) => split(x, [1, 0, 3]), torch: 'x0.split([1, 0, 3])' },
      { name: 'equal size', inputs: [grid], call: (x) => split(x, 2, 1), torch: 'x0.split(2, 1)' },
      { name: 'negative axis', inputs: [grid], call: (x) => split(x, [2, 3], -1), torch: 'x0.split([2, 3], -1)' },
      { name: 'empty', inputs: [uniform([0, 2])], call: (x) => split(x, 2), torch: 'x0.split(2)' },
    ],
    errors: [
      {
        name: 'sum too small',
        inputs: [uniform([4])],
        call: (x) => split(x, [1, 2]),
        error: ArgumentError,
        message: 'split: sizes must be non-negative integers that add up to 4, got [1, 2]',
      },
      {
        name: 'size 0',
        inputs: [uniform([4])],
        call: (x) => split(x, 0),
        error: ArgumentError,
        message: 'split: size must be a positive integer, got 0',
      },
    ],
  },
  {
    name: 'chunk',
    samples: [
      { name: 'even', inputs: [grid], call: (x) => chunk(x, 2), torch: 'x0.chunk(2)' },
      { name: 'last one shorter', inputs: [grid], call: (x) => chunk(x, 3, 1), torch: 'x0.chunk(3, 1)' },
      { name: 'fewer than asked', inputs: [uniform([6])], call: (x) => chunk(x, 4), torch: 'x0.chunk(4)' },
      { name: 'empty', inputs: [uniform([0, 2])], call: (x) => chunk(x, 2), torch: 'x0.chunk(2)' },
    ],
    errors: [
      {
        name: 'none',
        inputs: [uniform([4])],
        call: (x) => chunk(x, 0),
        error: ArgumentError,
        message: 'chunk: count must be a positive integer, got 0',
      },
    ],
  },
  {
    name: 'diagonal',
    samples: [
      { name: 'wide matrix', inputs: [uniform([3, 4])], call: (x) => diagonal(x), torch: 'x0.diagonal()' },
      { name: 'tall matrix', inputs: [uniform([4, 3])], call: (x) => diagonal(x), torch: 'x0.diagonal()' },
      { name: 'above', inputs: [uniform([3, 4])], call: (x) => diagonal(x, { offset: 2 }), torch: 'x0.diagonal(2)' },
      { name: 'below', inputs: [uniform([3, 4])], call: (x) => diagonal(x, { offset: -1 }), torch: 'x0.diagonal(-1)' },
      {
        name: 'of a batch',
        inputs: [uniform([3, 2, 4])],
        call: (x) => diagonal(x, { axis0: -1, axis1: 0, offset: 1 }),
        torch: 'x0.diagonal(1, -1, 0)',
      },
      { name: 'empty', inputs: [uniform([2, 2])], call: (x) => diagonal(x, { offset: 2 }), torch: 'x0.diagonal(2)' },
    ],
    errors: [
      {
        name: 'one axis twice',
        inputs: [uniform([2, 2])],
        call: (x) => diagonal(x, { axis0: 1, axis1: -1 }),
        error: ShapeError,
        message: 'diagonal: axes must be distinct, got 1 and -1',
      },
      {
        name: 'vector',
        inputs: [uniform([2])],
        call: (x) => diagonal(x),
        error: ShapeError,
        message: 'diagonal: axis must be an integer in [-1, 1), got 1',
      },
    ],
  },
  {
    name: 'flip',
    samples: [
      { name: 'one axis', inputs: [grid], call: (x) => flip(x, 1), torch: 'x0.flip(1)' },
      { name: 'all axes', inputs: [uniform([2, 3, 2])], call: (x) => flip(x), torch: 'x0.flip(0, 1, 2)' },
      { name: 'negative axes', inputs: [uniform([2, 3, 2])], call: (x) => flip(x, [-1, -3]), torch: 'x0.flip(-1, -3)' },
      { name: 'empty', inputs: [uniform([0, 3])], call: (x) => flip(x), torch: 'x0.flip(0, 1)' },
      { name: 'bool', inputs: [integers([1, 0, 0], [3], 'bool')], call: (x) => flip(x, 0), torch: 'x0.flip(0)' },
    ],
    errors: [
      {
        name: 'no such axis',
        inputs: [uniform([2])],
        call: (x) => flip(x, 1),
        error: ShapeError,
        message: 'flip: axis must be an integer in [-1, 1), got 1',
      },
    ],
  },
  {
    name: 'roll',
    samples: [
      { name: 'forwards', inputs: [grid], call: (x) => roll(x, 1, 0), torch: 'x0.roll(1, 0)' },
      { name: 'backwards, more than around', inputs: [grid], call: (x) => roll(x, -7, 1), torch: 'x0.roll(-7, 1)' },
      { name: 'two axes', inputs: [grid], call: (x) => roll(x, [2, -1], [0, -1]), torch: 'x0.roll((2, -1), (0, -1))' },
      { name: 'not at all', inputs: [grid], call: (x) => roll(x, 4, 0), torch: 'x0.roll(4, 0)' },
      { name: 'empty', inputs: [uniform([0])], call: (x) => roll(x, 1, 0), torch: 'x0.roll(1, 0)' },
    ],
    errors: [
      {
        name: 'two shifts, one axis',
        inputs: [uniform([2, 2])],
        call: (x) => roll(x, [1, 1], 0),
        error: ArgumentError,
        message: 'roll: shifts must be one integer an axis, got [1, 1] for axes [0]',
      },
    ],
  },
  ...(['tril', 'triu'] as const).map((name): OpRecord => {
    const op = { tril, triu }[name];
    return {
      name,
      samples: [
        { name: 'square', inputs: [uniform([3, 3])], call: (x) => op(x), torch: `x0.${name}()` },
        { name: 'wide batch', inputs: [uniform([2, 3, 4])], call: (x) => op(x), torch: `x0.${name}()` },
        { name: 'above', inputs: [uniform([4, 3])], call: (x) => op(x, 1), torch: `x0.${name}(1)` },
        { name: 'below', inputs: [uniform([3, 4])], call: (x) => op(x, -1), torch: `x0.${name}(-1)` },
        { name: 'int32', inputs: [integers([1, 2, 3, 4], [2, 2])], call: (x) => op(x), torch: `x0.${name}()` },
        {
          name: 'NaN and infinities',
          inputs: [floats([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN], [2, 2])],
          call: (x) => op(x),
          torch: `x0.${name}()`,
          differentiable: [],
        },
      ],
      errors: [
        {
          name: 'vector',
          inputs: [uniform([3])],
          call: (x) => op(x),
          error: ShapeError,
          message: `${name}: x must have at least 2 axes, got 1 (x [3])`,
        },
        {
          name: 'fraction',
          inputs: [uniform([3, 3])],
          call: (x) => op(x, 0.5),
          error: ArgumentError,
          message: `${name}: offset must be an integer, got 0.5`,
        },
      ],
    };
  }),
];
