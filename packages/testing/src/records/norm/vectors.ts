import * as dl from '@dl/tensor';
import type { OpRecord } from '../../record.ts';
import { floats, uniform } from '../../sample.ts';
import { dtypeError, epsError } from './refusals.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const rms = (axes: string, eps: string): string => `x0 * torch.rsqrt(x0.pow(2).mean(${axes}, keepdim=True) + ${eps})`;

/** Normalisation by a length, with no mean taken off. */
export const vectorNormRecords: readonly OpRecord[] = [
  {
    name: 'rmsNorm',
    samples: [
      ...[
        [2, 3],
        [7, 5],
        [2, 3, 9],
        [0, 3],
      ].map((shape, seed) => ({
        name: shape.join(' × '),
        inputs: [uniform(shape, { seed }), uniform([shape[shape.length - 1]], { seed: seed + 1 })],
        call: (x: dl.Tensor, weight: dl.Tensor) => dl.rmsNorm(x, weight.shape[0], { weight, eps: 1e-6 }),
        torch: `${rms('-1', '1e-6')} * x1`,
      })),
      {
        name: 'over two axes, eps 0.5',
        inputs: [uniform([2, 3, 5]), uniform([3, 5], { seed: 1 })],
        call: (x, weight) => dl.rmsNorm(x, [3, 5], { weight, eps: 0.5 }),
        torch: `${rms('(1, 2)', '0.5')} * x1`,
      },
      {
        name: 'no weight, the eps of the dtype',
        inputs: [uniform([4, 6])],
        call: (x) => dl.rmsNorm(x, 6),
        torch: rms('-1', 'torch.finfo(x0.dtype).eps'),
      },
      {
        name: 'NaN and infinity',
        inputs: [floats([nan, 1, 2, inf, 1, 2, 3, 4, 5], [3, 3])],
        call: (x) => dl.rmsNorm(x, 3),
        torch: rms('-1', '1e-7'),
        differentiable: [],
      },
    ],
    errors: [
      {
        name: 'another last axis',
        inputs: [uniform([2, 3])],
        call: (x) => dl.rmsNorm(x, 2),
        error: dl.ShapeError,
        message: 'rmsNorm: x must end in the normalised shape [2], got [2, 3]',
      },
      {
        name: 'a weight of another shape',
        inputs: [uniform([2, 3]), uniform([2])],
        call: (x, weight) => dl.rmsNorm(x, 3, { weight }),
        error: dl.ShapeError,
        message: 'rmsNorm: weight must be [3], got [2] (x [2, 3])',
      },
      dtypeError('rmsNorm', (x) => dl.rmsNorm(x, 3)),
      epsError('rmsNorm', (x) => dl.rmsNorm(x, 3, { eps: -1 })),
    ],
  },
  {
    name: 'normalize',
    samples: [
      ...[
        [4, 3],
        [2, 3, 5],
        [2, 3, 2, 2],
        [0, 3],
      ].map((shape, seed) => ({
        name: shape.join(' × '),
        inputs: [uniform(shape, { seed })],
        call: (x: dl.Tensor) => dl.normalize(x),
        torch: 'F.normalize(x0)',
      })),
      {
        name: 'p 1, the last axis',
        inputs: [uniform([2, 3, 5])],
        call: (x) => dl.normalize(x, { p: 1, axis: -1 }),
        torch: 'F.normalize(x0, 1, -1)',
      },
      {
        name: 'p ∞ of a vector',
        inputs: [uniform([5])],
        call: (x) => dl.normalize(x, { p: inf, axis: 0 }),
        torch: 'F.normalize(x0, float("inf"), 0)',
      },
      {
        name: 'shorter than eps',
        inputs: [uniform([2, 3])],
        call: (x) => dl.normalize(x, { eps: 50 }),
        torch: 'F.normalize(x0, eps=50)',
      },
      {
        name: 'zero, NaN and infinity',
        inputs: [floats([0, 0, nan, 1, inf, 1], [3, 2])],
        call: (x) => dl.normalize(x),
        torch: 'F.normalize(x0)',
        differentiable: [],
      },
    ],
    errors: [
      {
        name: 'an axis out of range',
        inputs: [uniform([3])],
        call: (x) => dl.normalize(x),
        error: dl.ShapeError,
        message: /axis/,
      },
      {
        name: 'p 3',
        inputs: [uniform([2, 3])],
        call: (x) => dl.normalize(x, { p: 3 }),
        error: dl.ArgumentError,
        message: /p must be 1, 2 or Infinity, got 3/,
      },
      dtypeError('normalize', (x) => dl.normalize(x)),
      epsError('normalize', (x) => dl.normalize(x, { eps: -1 })),
    ],
  },
  {
    name: 'localResponseNorm',
    samples: [
      ...(
        [
          [[2, 7, 3, 3], 5],
          [[2, 4, 3], 2],
          [[1, 3, 2, 2], 7],
          [[3, 6], 3],
          [[2, 5, 2, 2, 2], 4],
        ] as const
      ).map(([shape, size], seed) => ({
        name: `${size} of ${shape.join(' × ')}`,
        inputs: [uniform(shape, { seed })],
        call: (x: dl.Tensor) => dl.localResponseNorm(x, size, { alpha: 2, beta: 0.75, k: 2 }),
        // PyTorch 1.13 refuses two axes.
        torch: `F.local_response_norm(x0.reshape(${shape[0]}, ${shape[1]}, -1), ${size}, 2, 0.75, 2).reshape(x0.shape)`,
      })),
      {
        name: 'defaults',
        inputs: [uniform([2, 5, 3, 3], { low: -9, high: 9 })],
        call: (x) => dl.localResponseNorm(x, 3),
        torch: 'F.local_response_norm(x0, 3)',
      },
    ],
    errors: [
      {
        name: 'a vector',
        inputs: [uniform([3])],
        call: (x) => dl.localResponseNorm(x, 1),
        error: dl.ShapeError,
        message: 'localResponseNorm: x must be [n, c, ...], got [3]',
      },
      {
        name: 'no size',
        inputs: [uniform([2, 3])],
        call: (x) => dl.localResponseNorm(x, 0),
        error: dl.ArgumentError,
        message: 'localResponseNorm: size must be a positive integer, got 0',
      },
      dtypeError('localResponseNorm', (x) => dl.localResponseNorm(x, 1)),
    ],
  },
];
