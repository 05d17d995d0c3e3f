import type { Shape } from '@dl/kernels';
import * as dl from '@dl/tensor';
import type { OpRecord, OpSample } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';
import { groupNormRecords } from './norm/groups.ts';
import { dtypeError, epsError } from './norm/refusals.ts';
import { vectorNormRecords } from './norm/vectors.ts';

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

// One and several pixels, vectors and their tails, more than a block of sums, and columns.
const images: readonly Shape[] = [
  [4, 3],
  [5, 9],
  [3, 2, 1],
  [2, 5, 4],
  [3, 2, 3, 5],
  [2, 1, 17, 17],
];

/** Normalisation. */
export const normRecords: readonly OpRecord[] = [
  {
    name: 'batchNorm',
    samples: [
      ...[...images, [0, 3, 4], [2, 3, 0]].map((shape, seed) => evaluating(shape, seed)),
      // PyTorch refuses an image without channels.
      { ...evaluating([2, 0, 4], 22), torch: undefined },
      {
        ...evaluating([2, 3, 5], 20),
        name: 'gradients of the moments',
        differentiable: [0, 1, 2, 3, 4],
        torch: '(x0 - x1[:, None]) / torch.sqrt(x2[:, None] + 1e-5) * x3[:, None] + x4[:, None]',
      },
      {
        name: 'no weight, no bias, eps 0.5',
        inputs: [uniform([2, 3, 4]), uniform([3], { seed: 1 }), uniform([3], { low: 0.5, seed: 2 })],
        call: (x, mean, variance) => dl.batchNorm(x, { mean, variance, eps: 0.5 }),
        torch: 'F.batch_norm(x0, x1, x2, eps=0.5)',
        differentiable: [0],
      },
      {
        name: 'NaN and infinity',
        inputs: [floats([nan, 1, inf, 2], [2, 2]), floats([0, 1]), floats([1, 4])],
        call: (x, mean, variance) => dl.batchNorm(x, { mean, variance }),
        torch: 'F.batch_norm(x0, x1, x2)',
        differentiable: [],
      },
    ],
    errors: [
      {
        name: 'a vector',
        inputs: [uniform([3]), uniform([3])],
        call: (x, mean) => dl.batchNorm(x, { mean, variance: mean }),
        error: dl.ShapeError,
        message: 'batchNorm: x must be [n, c, ...], got [3]',
      },
      {
        name: 'moments of other channels',
        inputs: [uniform([2, 3]), uniform([2])],
        call: (x, mean) => dl.batchNorm(x, { mean, variance: mean }),
        error: dl.ShapeError,
        message: 'batchNorm: mean must be [3], got [2] (x [2, 3])',
      },
      {
        name: 'moments of another dtype',
        inputs: [uniform([2, 3]), integers([1, 2, 3])],
        call: (x, mean) => dl.batchNorm(x, { mean, variance: mean }),
        error: dl.DTypeError,
        message: /^batchNorm: mean must have the dtype of x, got int32 and float(32|64): convert it with cast\(\)$/,
      },
      epsError('batchNorm', (x) => dl.batchNorm(x, { mean: x, variance: x, eps: -1 })),
    ],
  },
  {
    name: 'batchNormTraining',
    samples: [
      ...images.map((shape, seed) => training(shape, seed)),
      { ...training([2, 0, 4], 21), torch: undefined },
      {
        name: 'no weight, no bias, eps 0.5',
        inputs: [uniform([3, 2, 5])],
        call: (x) => dl.batchNormTraining(x, { eps: 0.5 }).output,
        torch: 'F.batch_norm(x0, None, None, training=True, eps=0.5)',
      },
      {
        name: 'the moments',
        inputs: [uniform([3, 2, 5])],
        call: (x) => [dl.batchNormTraining(x).mean, dl.batchNormTraining(x).variance],
        torch: '(x0.mean((0, 2)), x0.var((0, 2), unbiased=False))',
        differentiable: [],
      },
      {
        name: 'the moments of columns',
        inputs: [uniform([7, 5], { low: 3 })],
        call: (x) => [dl.batchNormTraining(x).mean, dl.batchNormTraining(x).variance],
        torch: '(x0.mean(0), x0.var(0, unbiased=False))',
        differentiable: [],
      },
      {
        name: 'far from zero',
        inputs: [uniform([4, 2, 9], { low: 1000, high: 1001 })],
        call: (x) => dl.batchNormTraining(x).variance,
        torch: 'x0.var((0, 2), unbiased=False)',
        differentiable: [],
      },
      {
        name: 'a channel of one value',
        inputs: [floats([2, 2, 2, 2, 2, 2], [2, 1, 3])],
        call: (x) => dl.batchNormTraining(x).output,
        torch: 'F.batch_norm(x0, None, None, training=True)',
        secondOrder: false,
        differentiable: [],
      },
      {
        name: 'NaN and infinity',
        inputs: [floats([nan, 1, 2, 3, 4, inf, 1, 2, 3, 4, 5, 6], [2, 3, 2])],
        call: (x) => dl.batchNormTraining(x).output,
        torch: 'F.batch_norm(x0, None, None, training=True)',
        differentiable: [],
      },
    ],
    // 1 / σ multiplies what rounding left of x − μ.
    tolerance: { value: 2e-5, gradient: 5e-5 },
    errors: [
      {
        name: 'one value a channel',
        inputs: [uniform([1, 3])],
        call: (x) => dl.batchNormTraining(x),
        error: dl.ShapeError,
        message: 'batchNormTraining: there must be more than one value a channel, got 1 (x [1, 3])',
      },
      {
        name: 'a weight of other channels',
        inputs: [uniform([2, 3]), uniform([2])],
        call: (x, weight) => dl.batchNormTraining(x, { weight }),
        error: dl.ShapeError,
        message: 'batchNormTraining: weight must be [3], got [2] (x [2, 3])',
      },
      dtypeError('batchNormTraining', (x) => dl.batchNormTraining(x)),
      epsError('batchNormTraining', (x) => dl.batchNormTraining(x, { eps: -1 })),
    ],
  },
  {
    name: 'layerNorm',
    samples: [
      ...[
        [2, 3],
        [7, 5],
        [3, 4],
        [2, 3, 9],
        [1, 300],
        [70, 6],
        [3, 1],
        [0, 3],
      ].map((shape, seed) => layer(shape, seed)),
      {
        name: 'over two axes, eps 0.5',
        inputs: [uniform([2, 3, 5]), uniform([3, 5], { seed: 1 }), uniform([3, 5], { seed: 2 })],
        call: (x, weight, bias) => dl.layerNorm(x, [3, 5], { weight, bias, eps: 0.5 }),
        torch: 'F.layer_norm(x0, [3, 5], x1, x2, eps=0.5)',
      },
      {
        name: 'no weight, no bias',
        inputs: [uniform([4, 6])],
        call: (x) => dl.layerNorm(x, 6),
        torch: 'F.layer_norm(x0, [6])',
      },
      {
        name: 'no batch',
        inputs: [uniform([6])],
        call: (x) => dl.layerNorm(x, [6]),
        torch: 'F.layer_norm(x0, [6])',
      },
      {
        name: 'NaN and infinity',
        inputs: [floats([nan, 1, 2, inf, 1, 2, 3, 4, 5], [3, 3])],
        call: (x) => dl.layerNorm(x, 3),
        torch: 'F.layer_norm(x0, [3])',
        differentiable: [],
      },
    ],
    tolerance: { value: 2e-5, gradient: 5e-5 },
    errors: [
      {
        name: 'another last axis',
        inputs: [uniform([2, 3])],
        call: (x) => dl.layerNorm(x, 2),
        error: dl.ShapeError,
        message: 'layerNorm: x must end in the normalised shape [2], got [2, 3]',
      },
      {
        name: 'a weight of another shape',
        inputs: [uniform([2, 3]), uniform([2])],
        call: (x, weight) => dl.layerNorm(x, 3, { weight }),
        error: dl.ShapeError,
        message: 'layerNorm: weight must be [3], got [2] (x [2, 3])',
      },
      dtypeError('layerNorm', (x) => dl.layerNorm(x, 3)),
      epsError('layerNorm', (x) => dl.layerNorm(x, 3, { eps: -1 })),
    ],
  },
  ...groupNormRecords,
  ...vectorNormRecords,
];

function evaluating(shape: Shape, seed: number): OpSample {
  const c = [shape[1]];
  return {
    name: shape.join(' × '),
    inputs: [
      uniform(shape, { seed }),
      uniform(c, { seed: seed + 1 }),
      uniform(c, { low: 0.5, seed: seed + 2 }),
      uniform(c, { seed: seed + 3 }),
      uniform(c, { seed: seed + 4 }),
    ],
    call: (x, mean, variance, weight, bias) => dl.batchNorm(x, { mean, variance, weight, bias }),
    torch: 'F.batch_norm(x0, x1, x2, x3, x4)',
    differentiable: [0, 3, 4],
  };
}

function training(shape: Shape, seed: number): OpSample {
  const c = [shape[1]];
  return {
    name: shape.join(' × '),
    inputs: [uniform(shape, { seed }), uniform(c, { seed: seed + 1 }), uniform(c, { seed: seed + 2 })],
    call: (x, weight, bias) => dl.batchNormTraining(x, { weight, bias }).output,
    torch: 'F.batch_norm(x0, None, None, x1, x2, training=True)',
  };
}

function layer(shape: Shape, seed: number): OpSample {
  const d = shape[shape.length - 1];
  return {
    name: shape.join(' × '),
    inputs: [uniform(shape, { seed }), uniform([d], { seed: seed + 1 }), uniform([d], { seed: seed + 2 })],
    call: (x, weight, bias) => dl.layerNorm(x, d, { weight, bias }),
    torch: `F.layer_norm(x0, [${d}], x1, x2)`,
  };
}
