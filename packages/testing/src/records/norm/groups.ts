import type { Shape } from '@dl/kernels';
import * as dl from '@dl/tensor';
import type { OpRecord, OpSample } from '../../record.ts';
import { floats, uniform } from '../../sample.ts';
import { dtypeError, epsError } from './refusals.ts';

// 1 / σ multiplies what rounding left of x − μ.
const tolerance = { value: 2e-5, gradient: 5e-5 };

/** Normalisation of groups of channels, example by example. */
export const groupNormRecords: readonly OpRecord[] = [
  {
    name: 'groupNorm',
    samples: [
      ...(
        [
          [[4, 6], 2],
          [[3, 4, 5], 4],
          [[2, 4, 3, 3], 2],
          [[2, 3, 2, 2, 3], 1],
          [[1, 8, 9], 2],
          [[0, 4, 3], 2],
        ] as const
      ).map(([shape, groups], seed) => grouped(shape, groups, seed)),
      {
        name: 'no weight, no bias, eps 0.5',
        inputs: [uniform([2, 4, 5])],
        call: (x) => dl.groupNorm(x, 2, { eps: 0.5 }),
        torch: 'F.group_norm(x0, 2, eps=0.5)',
      },
      {
        name: 'bias alone',
        inputs: [uniform([2, 4, 5]), uniform([4])],
        call: (x, bias) => dl.groupNorm(x, 2, { bias }),
        torch: 'F.group_norm(x0, 2, torch.ones(4), x1)',
      },
      {
        name: 'NaN and infinity',
        inputs: [floats([Number.NaN, 1, 2, 3, 4, 5, Infinity, 6], [2, 4])],
        call: (x) => dl.groupNorm(x, 2),
        torch: 'F.group_norm(x0, 2)',
        differentiable: [],
      },
    ],
    tolerance,
    errors: [
      {
        name: 'channels left over',
        inputs: [uniform([2, 5])],
        call: (x) => dl.groupNorm(x, 2),
        error: dl.ShapeError,
        message: 'groupNorm: groups must divide the channels, got 2 (x [2, 5])',
      },
      {
        name: 'half a group',
        inputs: [uniform([2, 4])],
        call: (x) => dl.groupNorm(x, 0.5),
        error: dl.ArgumentError,
        message: 'groupNorm: groups must be a positive integer, got 0.5',
      },
      {
        name: 'a vector',
        inputs: [uniform([3])],
        call: (x) => dl.groupNorm(x, 1),
        error: dl.ShapeError,
        message: 'groupNorm: x must be [n, c, ...], got [3]',
      },
      {
        name: 'a weight of other channels',
        inputs: [uniform([2, 4]), uniform([2])],
        call: (x, weight) => dl.groupNorm(x, 2, { weight }),
        error: dl.ShapeError,
        message: 'groupNorm: weight must be [4], got [2] (x [2, 4])',
      },
      dtypeError('groupNorm', (x) => dl.groupNorm(x, 1)),
      epsError('groupNorm', (x) => dl.groupNorm(x, 1, { eps: -1 })),
    ],
  },
  {
    name: 'instanceNorm',
    samples: [
      ...[
        [3, 2, 5],
        [2, 3, 4, 4],
        [1, 2, 2, 3, 2],
      ].map((shape, seed) => instance(shape, seed)),
      {
        name: 'no weight, no bias, eps 0.5',
        inputs: [uniform([2, 4, 5])],
        call: (x) => dl.instanceNorm(x, { eps: 0.5 }).output,
        torch: 'F.instance_norm(x0, eps=0.5)',
      },
      {
        name: 'the moments',
        inputs: [uniform([3, 2, 5])],
        call: (x) => [dl.instanceNorm(x).mean, dl.instanceNorm(x).variance],
        torch: '(x0.mean(2), x0.var(2, unbiased=False))',
        differentiable: [],
      },
    ],
    tolerance,
    errors: [
      {
        name: 'one value a plane',
        inputs: [uniform([4, 3])],
        call: (x) => dl.instanceNorm(x),
        error: dl.ShapeError,
        message: 'instanceNorm: there must be more than one value a plane, got 1 (x [4, 3])',
      },
      {
        name: 'a weight of other channels',
        inputs: [uniform([2, 3, 4]), uniform([2])],
        call: (x, weight) => dl.instanceNorm(x, { weight }),
        error: dl.ShapeError,
        message: 'instanceNorm: weight must be [3], got [2] (x [2, 3, 4])',
      },
      dtypeError('instanceNorm', (x) => dl.instanceNorm(x)),
      epsError('instanceNorm', (x) => dl.instanceNorm(x, { eps: -1 })),
    ],
  },
];

function grouped(shape: Shape, groups: number, seed: number): OpSample {
  const c = [shape[1]];
  return {
    name: `${groups} groups of ${shape.join(' × ')}`,
    inputs: [uniform(shape, { seed }), uniform(c, { seed: seed + 1 }), uniform(c, { seed: seed + 2 })],
    call: (x, weight, bias) => dl.groupNorm(x, groups, { weight, bias }),
    torch: `F.group_norm(x0, ${groups}, x1, x2)`,
  };
}

function instance(shape: Shape, seed: number): OpSample {
  const c = [shape[1]];
  return {
    name: shape.join(' × '),
    inputs: [uniform(shape, { seed }), uniform(c, { seed: seed + 1 }), uniform(c, { seed: seed + 2 })],
    call: (x, weight, bias) => dl.instanceNorm(x, { weight, bias }).output,
    torch: 'F.instance_norm(x0, None, None, x1, x2)',
  };
}
