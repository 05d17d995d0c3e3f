import * as dl from '@dl/tensor';
import type { OpRecord } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

/** Activations that see more than one element: slopes a channel, gates, maxima of channels. */
export const gateRecords: readonly OpRecord[] = [
  {
    name: 'prelu',
    samples: [
      ...[
        [4, 3],
        [2, 3, 5],
        [2, 3, 2, 4],
        [0, 3],
      ].map((shape, seed) => ({
        name: `a slope a channel, ${shape.join(' × ')}`,
        inputs: [uniform(shape, { seed }), uniform([3], { seed: seed + 9 })],
        call: dl.prelu,
        torch: 'F.prelu(x0, x1)',
      })),
      ...[[], [5], [2, 3, 5]].map((shape, seed) => ({
        name: `one slope, rank ${shape.length}`,
        inputs: [uniform(shape, { seed }), floats([0.25])],
        call: dl.prelu,
        torch: 'F.prelu(x0, x1)',
      })),
      {
        name: 'NaN and infinities',
        inputs: [floats([Number.NaN, Infinity, -Infinity, 0]), floats([0.25])],
        call: dl.prelu,
        torch: 'F.prelu(x0, x1)',
        differentiable: [],
      },
    ],
    kinks: [
      {
        name: 'at 0',
        inputs: [floats([0, 0], [1, 2]), floats([0.25, 0.5])],
        call: dl.prelu,
        gradients: [
          [0.25, 0.5],
          [0, 0],
        ],
      },
    ],
    errors: [
      {
        name: 'slopes of other channels',
        inputs: [uniform([2, 3]), uniform([2])],
        call: dl.prelu,
        error: dl.ShapeError,
        message: 'prelu: weight must be [1], or one slope a channel, [3], got [2] (x [2, 3])',
      },
      {
        name: 'slopes of a vector',
        inputs: [uniform([3]), uniform([3])],
        call: dl.prelu,
        error: dl.ShapeError,
        message: 'prelu: weight must be [1], or one slope a channel, [1], got [3] (x [3])',
      },
      {
        name: 'slopes of another dtype',
        inputs: [uniform([2, 1]), integers([1])],
        call: dl.prelu,
        error: dl.DTypeError,
        message: /^prelu: weight must have the dtype of x, got int32 and float(32|64): convert it with cast\(\)$/,
      },
    ],
  },
  {
    name: 'glu',
    samples: [
      ...[[6], [3, 8], [2, 3, 4], [0, 2]].map((shape, seed) => ({
        name: `last axis, ${shape.join(' × ')}`,
        inputs: [uniform(shape, { seed })],
        call: (x: dl.Tensor) => dl.glu(x),
        torch: 'F.glu(x0)',
      })),
      { name: 'channels', inputs: [uniform([2, 4, 3, 5])], call: (x) => dl.glu(x, 1), torch: 'F.glu(x0, 1)' },
      {
        name: 'NaN and infinities',
        inputs: [floats([Number.NaN, 1, Infinity, -1, 2, 3, -Infinity, 800])],
        call: (x) => dl.glu(x),
        torch: 'F.glu(x0)',
        differentiable: [],
      },
    ],
    errors: [
      {
        name: 'an odd extent',
        inputs: [uniform([2, 3])],
        call: (x) => dl.glu(x),
        error: dl.ShapeError,
        message: 'glu: the extent at axis 1 must be even, got 3 (x [2, 3])',
      },
      {
        name: 'int32',
        inputs: [integers([1, 2])],
        call: (x) => dl.glu(x),
        error: dl.DTypeError,
        message: /^glu: dtype must be float, got int32/,
      },
      {
        name: 'an axis out of range',
        inputs: [uniform([2, 2])],
        call: (x) => dl.glu(x, 2),
        error: dl.ShapeError,
        message: /^glu: /,
      },
    ],
  },
  {
    name: 'maxout',
    samples: [
      { name: 'features', inputs: [uniform([5, 6])], call: (x) => dl.maxout(x, 2), torch: 'x0.reshape(5, 3, 2).amax(2)' },
      {
        name: 'channels of an image',
        inputs: [uniform([2, 6, 3, 2])],
        call: (x) => dl.maxout(x, 3),
        torch: 'x0.reshape(2, 2, 3, 3, 2).amax(2)',
      },
      {
        name: 'all channels',
        inputs: [uniform([2, 5, 3])],
        call: (x) => dl.maxout(x, 5),
        torch: 'x0.amax(1, keepdim=True)',
      },
      {
        name: 'the last axis',
        inputs: [uniform([2, 3, 4])],
        call: (x) => dl.maxout(x, 4, { axis: -1 }),
        torch: 'x0.amax(2, keepdim=True)',
      },
      { name: 'groups of one', inputs: [uniform([2, 3])], call: (x) => dl.maxout(x, 1), torch: 'x0 * 1' },
    ],
    kinks: [
      { name: 'a tie', inputs: [floats([2, 2, 1, 3], [1, 4])], call: (x) => dl.maxout(x, 2), gradients: [[0.5, 0.5, 0, 1]] },
    ],
    errors: [
      {
        name: 'channels left over',
        inputs: [uniform([2, 3])],
        call: (x) => dl.maxout(x, 2),
        error: dl.ShapeError,
        message: 'maxout: pieces must divide the extent at axis 1, got 2 (x [2, 3])',
      },
      {
        name: 'no pieces',
        inputs: [uniform([2, 3])],
        call: (x) => dl.maxout(x, 0),
        error: dl.ArgumentError,
        message: 'maxout: pieces must be a positive integer, got 0',
      },
      {
        name: 'int32',
        inputs: [integers([1, 2], [1, 2])],
        call: (x) => dl.maxout(x, 2),
        error: dl.DTypeError,
        message: /^maxout: dtype must be float, got int32/,
      },
    ],
  },
];
