import * as dl from '@dl/tensor';
import type { OpErrorSample, OpRecord, OpSample } from '../record.ts';
import { integers, uniform } from '../sample.ts';

function made(name: string, call: () => dl.Tensor, torch?: string): OpSample {
  return { name, inputs: [], call, torch, differentiable: [] };
}

function refused(name: string, call: () => dl.Tensor, message: string): OpErrorSample {
  return { name, inputs: [], call, error: dl.ArgumentError, message };
}

function badExtent(op: string, call: (shape: number[]) => dl.Tensor): OpErrorSample[] {
  return [
    refused('negative extent', () => call([2, -1]), `${op}: extents must be non-negative integers, got -1 (shape [2, -1])`),
    refused('fraction as extent', () => call([1.5]), `${op}: extents must be non-negative integers, got 1.5 (shape [1.5])`),
  ];
}

/** What makes tensors from nothing, or beside another. The random ones must be equal to the bit everywhere. */
export const createRecords: readonly OpRecord[] = [
  {
    name: 'zeros',
    samples: [
      made('matrix', () => dl.zeros([2, 3]), 'torch.zeros(2, 3)'),
      made('scalar', () => dl.zeros([]), 'torch.zeros([])'),
      made('empty', () => dl.zeros([0, 2]), 'torch.zeros(0, 2)'),
      made('bool', () => dl.zeros([3], { dtype: 'bool' }), 'torch.zeros(3).bool()'),
    ],
    errors: badExtent('zeros', dl.zeros),
  },
  {
    name: 'ones',
    samples: [
      made('matrix', () => dl.ones([2, 3]), 'torch.ones(2, 3)'),
      made('uint8', () => dl.ones([3], { dtype: 'uint8' }), 'torch.ones(3).byte()'),
    ],
    errors: badExtent('ones', dl.ones),
  },
  {
    name: 'full',
    samples: [
      made('matrix', () => dl.full([2, 3], 0.5), 'torch.full((2, 3), 0.5)'),
      made('scalar', () => dl.full([], -2), 'torch.full([], -2.)'),
      made('infinity', () => dl.full([2], Number.NEGATIVE_INFINITY), 'torch.full([2], -math.inf)'),
      made('int32', () => dl.full([2], 7, { dtype: 'int32' }), 'torch.full([2], 7)'),
      made('saturated', () => dl.full([2], 300, { dtype: 'uint8' }), 'torch.full([2], 255)'),
    ],
    errors: badExtent('full', (shape) => dl.full(shape, 1)),
  },
  {
    name: 'eye',
    samples: [
      made('square', () => dl.eye(3), 'torch.eye(3)'),
      made('wide', () => dl.eye(2, 4), 'torch.eye(2, 4)'),
      made('tall', () => dl.eye(4, 2), 'torch.eye(4, 2)'),
      made('empty', () => dl.eye(0), 'torch.eye(0)'),
      made('int32', () => dl.eye(2, 2, { dtype: 'int32' }), 'torch.eye(2).int()'),
    ],
    errors: [refused('fraction', () => dl.eye(1.5), 'eye: extents must be non-negative integers, got 1.5 (shape [1.5, 1.5])')],
  },
  {
    name: 'arange',
    samples: [
      made('up to', () => dl.arange(5), 'torch.arange(5.)'),
      made('from, to', () => dl.arange(-2, 3), 'torch.arange(-2., 3.)'),
      made('step', () => dl.arange(0, 1, { step: 0.25 }), 'torch.arange(0., 1., 0.25)'),
      made('step that overshoots', () => dl.arange(0, 10, { step: 4, dtype: 'int32' }), 'torch.arange(0, 10, 4)'),
      made('backwards', () => dl.arange(5, 0, { step: -2 }), 'torch.arange(5., 0., -2.)'),
      made('stop behind start', () => dl.arange(3, 1), 'torch.zeros(0)'),
      made('up to, int32', () => dl.arange(40, { dtype: 'int32' }), 'torch.arange(40)'),
      made('uint8', () => dl.arange(3, { dtype: 'uint8' }), 'torch.arange(3).byte()'),
      made('bool', () => dl.arange(3, { dtype: 'bool' }), 'torch.arange(3).bool()'),
    ],
    errors: [
      refused(
        'step 0',
        () => dl.arange(0, 1, { step: 0 }),
        'arange: start, stop and step must be finite and step not 0, got 0, 1 and 0',
      ),
      refused(
        'infinite',
        () => dl.arange(Number.POSITIVE_INFINITY),
        'arange: start, stop and step must be finite and step not 0, got 0, Infinity and 1',
      ),
    ],
  },
  {
    name: 'linspace',
    samples: [
      made('from 0 to 1', () => dl.linspace(0, 1, 11), 'torch.linspace(0, 1, 11)'),
      made('backwards', () => dl.linspace(3, -3, 7), 'torch.linspace(3, -3, 7)'),
      made('one', () => dl.linspace(2, 5, 1), 'torch.linspace(2, 5, 1)'),
      made('none', () => dl.linspace(2, 5, 0), 'torch.linspace(2, 5, 0)'),
    ],
    errors: [refused('fraction', () => dl.linspace(0, 1, 2.5), 'linspace: count must be a non-negative integer, got 2.5')],
  },
  {
    name: 'zerosLike',
    samples: [
      {
        name: 'float',
        inputs: [uniform([2, 3])],
        call: (x) => dl.zerosLike(x),
        torch: 'torch.zeros_like(x0)',
        differentiable: [],
      },
      { name: 'int32', inputs: [integers([1, 2])], call: (x) => dl.zerosLike(x), torch: 'torch.zeros_like(x0)' },
    ],
  },
  {
    name: 'onesLike',
    samples: [
      { name: 'float', inputs: [uniform([2, 3])], call: (x) => dl.onesLike(x), torch: 'torch.ones_like(x0)', differentiable: [] },
      {
        name: 'another dtype',
        inputs: [uniform([2])],
        call: (x) => dl.onesLike(x, { dtype: 'bool' }),
        torch: 'torch.ones_like(x0).bool()',
        differentiable: [],
      },
    ],
  },
  {
    name: 'fullLike',
    samples: [
      {
        name: 'float',
        inputs: [uniform([2, 3])],
        call: (x) => dl.fullLike(x, 0.5),
        torch: 'torch.full_like(x0, 0.5)',
        differentiable: [],
      },
      {
        name: 'int32 truncates',
        inputs: [integers([1, 2])],
        call: (x) => dl.fullLike(x, -2.5),
        torch: 'torch.full_like(x0, -2)',
      },
    ],
  },
  {
    name: 'rand',
    tolerance: { value: 0 },
    samples: [
      made('matrix', () => dl.rand([3, 5], { rng: new dl.Rng(1) })),
      made('empty', () => dl.rand([0, 5], { rng: new dl.Rng(1) })),
    ],
    errors: badExtent('uniform', (shape) => dl.rand(shape, { rng: new dl.Rng(1) })),
  },
  {
    name: 'randn',
    tolerance: { value: 0 },
    samples: [
      made('odd', () => dl.randn([3, 5], { rng: new dl.Rng(2) })),
      made('scalar', () => dl.randn([], { rng: new dl.Rng(2) })),
    ],
    errors: badExtent('normal', (shape) => dl.randn(shape, { rng: new dl.Rng(1) })),
  },
  {
    name: 'randint',
    samples: [
      made('int32', () => dl.randint(-5, 5, [4, 4], { rng: new dl.Rng(3) })),
      made('uint8', () => dl.randint(0, 256, [9], { rng: new dl.Rng(3), dtype: 'uint8' })),
    ],
    errors: [
      refused(
        'nothing to choose from',
        () => dl.randint(3, 3, [2], { rng: new dl.Rng(1) }),
        'integers: low and high must be 32-bit integers with low below high, got 3 and 3',
      ),
    ],
  },
  {
    name: 'randperm',
    samples: [
      made('seven', () => dl.randperm(7, { rng: new dl.Rng(4) })),
      made('none', () => dl.randperm(0, { rng: new dl.Rng(4) })),
    ],
    errors: [
      refused('negative', () => dl.randperm(-1), 'permutation: extents must be non-negative integers, got -1 (shape [-1])'),
    ],
  },
];
