import { ShapeError } from '@dl/kernels';
import {
  alias,
  broadcastTensors,
  expandTo,
  flatten,
  meshgrid,
  movedim,
  permute,
  reshape,
  squeeze,
  transpose,
  unsqueeze,
} from '@dl/tensor';
import type { OpRecord } from '../../record.ts';
import { integers, uniform } from '../../sample.ts';

/** Ops that only say how the same elements are arranged. */
export const viewRecords: readonly OpRecord[] = [
  {
    name: 'alias',
    samples: [
      { name: 'matrix', inputs: [uniform([2, 3])], call: alias, torch: 'x0.clone()' },
      { name: 'bool', inputs: [integers([1, 0], [2], 'bool')], call: alias, torch: 'x0.clone()' },
    ],
  },
  {
    name: 'reshape',
    samples: [
      { name: 'inferred extent', inputs: [uniform([2, 6])], call: (x) => reshape(x, [3, -1, 2]), torch: 'x0.reshape(3, -1, 2)' },
      { name: 'to a scalar', inputs: [uniform([1, 1])], call: (x) => reshape(x, []), torch: 'x0.reshape(())' },
      { name: 'empty', inputs: [uniform([0, 3])], call: (x) => reshape(x, [3, 0, 2]), torch: 'x0.reshape(3, 0, 2)' },
      {
        name: 'uint8',
        inputs: [integers([1, 2, 255, 0], [4], 'uint8')],
        call: (x) => reshape(x, [2, 2]),
        torch: 'x0.reshape(2, 2)',
      },
    ],
    errors: [
      {
        name: 'another size',
        inputs: [uniform([2, 3])],
        call: (x) => reshape(x, [4, 2]),
        error: ShapeError,
        message: 'reshape: size must stay 6, got [4, 2] (x [2, 3])',
      },
      {
        name: 'indivisible',
        inputs: [uniform([2, 3])],
        call: (x) => reshape(x, [4, -1]),
        error: ShapeError,
        message: 'reshape: size must stay 6, got [4, -1] (x [2, 3])',
      },
    ],
  },
  {
    name: 'expandTo',
    samples: [
      {
        name: 'middle axis',
        inputs: [uniform([2, 1, 3])],
        call: (x) => expandTo(x, [2, 4, 3]),
        torch: 'x0.expand(2, 4, 3).clone()',
      },
      {
        name: 'leading axes',
        inputs: [uniform([3, 1])],
        call: (x) => expandTo(x, [2, 3, 2]),
        torch: 'x0.expand(2, 3, 2).clone()',
      },
      { name: 'scalar', inputs: [uniform([])], call: (x) => expandTo(x, [2, 2]), torch: 'x0.expand(2, 2).clone()' },
      { name: 'to nothing', inputs: [uniform([1, 2])], call: (x) => expandTo(x, [0, 2]), torch: 'x0.expand(0, 2).clone()' },
      { name: 'int32', inputs: [integers([1, -2])], call: (x) => expandTo(x, [2, 2]), torch: 'x0.expand(2, 2).clone()' },
    ],
    errors: [
      {
        name: 'shrinking',
        inputs: [uniform([2, 3])],
        call: (x) => expandTo(x, [1, 3]),
        error: ShapeError,
        message: 'expand: x must broadcast to [1, 3], got [2, 3]',
      },
    ],
  },
  {
    name: 'broadcastTensors',
    samples: [
      {
        name: 'column, row and scalar',
        inputs: [uniform([2, 1]), uniform([3], { seed: 1 }), uniform([], { seed: 2 })],
        call: broadcastTensors,
        torch: 'torch.broadcast_tensors(x0, x1, x2)',
      },
    ],
    errors: [
      {
        name: 'misfit',
        inputs: [uniform([2, 3]), uniform([2])],
        call: broadcastTensors,
        error: ShapeError,
        message: 'broadcastTensors: shapes must broadcast, got 3 and 2 at axis 1 (a [2, 3], b [2])',
      },
    ],
  },
  {
    name: 'meshgrid',
    samples: [
      {
        name: 'three vectors',
        inputs: [uniform([2]), uniform([3], { seed: 1 }), uniform([2], { seed: 2 })],
        call: meshgrid,
        torch: "torch.meshgrid(x0, x1, x2, indexing='ij')",
      },
    ],
    errors: [
      {
        name: 'matrix',
        inputs: [uniform([2]), uniform([1, 2])],
        call: meshgrid,
        error: ShapeError,
        message: 'meshgrid: tensors must have 1 axis, got [1, 2] (input 1)',
      },
    ],
  },
  {
    name: 'flatten',
    samples: [
      { name: 'all axes', inputs: [uniform([2, 1, 3])], call: (x) => flatten(x), torch: 'x0.flatten()' },
      { name: 'but the batch', inputs: [uniform([2, 3, 2])], call: (x) => flatten(x, 1), torch: 'x0.flatten(1)' },
      { name: 'negative end', inputs: [uniform([2, 3, 2])], call: (x) => flatten(x, 0, -2), torch: 'x0.flatten(0, -2)' },
      { name: 'scalar', inputs: [uniform([])], call: (x) => flatten(x), torch: 'x0.flatten()' },
      { name: 'empty', inputs: [uniform([2, 0, 3])], call: (x) => flatten(x, 1), torch: 'x0.flatten(1)' },
    ],
    errors: [
      {
        name: 'start after end',
        inputs: [uniform([2, 3, 2])],
        call: (x) => flatten(x, 2, 1),
        error: ShapeError,
        message: 'flatten: startAxis must not come after endAxis, got 2 and 1',
      },
      {
        name: 'no such axis',
        inputs: [uniform([2, 3])],
        call: (x) => flatten(x, 2),
        error: ShapeError,
        message: 'flatten: axis must be an integer in [-2, 2), got 2',
      },
    ],
  },
  {
    name: 'squeeze',
    samples: [
      { name: 'all', inputs: [uniform([1, 2, 1, 3])], call: (x) => squeeze(x), torch: 'x0.squeeze()' },
      { name: 'negative axis', inputs: [uniform([1, 2, 1])], call: (x) => squeeze(x, -1), torch: 'x0.squeeze(-1)' },
      {
        name: 'several axes',
        inputs: [uniform([1, 2, 1, 1])],
        call: (x) => squeeze(x, [0, 3]),
        torch: 'x0.squeeze(3).squeeze(0)',
      },
    ],
    errors: [
      {
        name: 'extent 2',
        inputs: [uniform([1, 2])],
        call: (x) => squeeze(x, 1),
        error: ShapeError,
        message: 'squeeze: axes must have extent 1, got 2 at axis 1 (x [1, 2])',
      },
      {
        name: 'axis named twice',
        inputs: [uniform([1, 2])],
        call: (x) => squeeze(x, [0, -2]),
        error: ShapeError,
        message: 'squeeze: axes must be distinct, got 0 twice',
      },
    ],
  },
  {
    name: 'unsqueeze',
    samples: [
      { name: 'front', inputs: [uniform([2, 3])], call: (x) => unsqueeze(x, 0), torch: 'x0.unsqueeze(0)' },
      { name: 'end', inputs: [uniform([2, 3])], call: (x) => unsqueeze(x, -1), torch: 'x0.unsqueeze(-1)' },
      { name: 'scalar', inputs: [uniform([])], call: (x) => unsqueeze(x, 0), torch: 'x0.unsqueeze(0)' },
    ],
    errors: [
      {
        name: 'no such axis',
        inputs: [uniform([2, 3])],
        call: (x) => unsqueeze(x, 3),
        error: ShapeError,
        message: 'unsqueeze: axis must be an integer in [-3, 3), got 3',
      },
    ],
  },
  {
    name: 'transpose',
    samples: [
      { name: 'matrix', inputs: [uniform([2, 3])], call: (x) => transpose(x), torch: 'x0.T' },
      { name: 'batch', inputs: [uniform([2, 3, 4])], call: (x) => transpose(x), torch: 'x0.transpose(-2, -1)' },
      { name: 'other axes', inputs: [uniform([2, 3, 4])], call: (x) => transpose(x, 0, -1), torch: 'x0.transpose(0, -1)' },
      { name: 'row', inputs: [uniform([1, 3])], call: (x) => transpose(x), torch: 'x0.T' },
      { name: 'bool', inputs: [integers([1, 0, 1, 1], [2, 2], 'bool')], call: (x) => transpose(x), torch: 'x0.T' },
      { name: 'larger than a tile', inputs: [uniform([37, 70])], call: (x) => transpose(x), torch: 'x0.T' },
    ],
    errors: [
      {
        name: 'vector',
        inputs: [uniform([3])],
        call: (x) => transpose(x),
        error: ShapeError,
        message: 'transpose: axis must be an integer in [-1, 1), got -2',
      },
    ],
  },
  {
    name: 'permute',
    samples: [
      { name: 'rotation', inputs: [uniform([2, 3, 4])], call: (x) => permute(x, [2, 0, 1]), torch: 'x0.permute(2, 0, 1)' },
      { name: 'negative axes', inputs: [uniform([2, 3, 4])], call: (x) => permute(x, [-1, 1, 0]), torch: 'x0.permute(-1, 1, 0)' },
      {
        name: 'only an axis of 1 moves',
        inputs: [uniform([2, 1, 3])],
        call: (x) => permute(x, [1, 0, 2]),
        torch: 'x0.permute(1, 0, 2)',
      },
      {
        name: 'axes of 1 among others',
        inputs: [uniform([2, 1, 3])],
        call: (x) => permute(x, [2, 1, 0]),
        torch: 'x0.permute(2, 1, 0)',
      },
      { name: 'empty', inputs: [uniform([2, 0, 3])], call: (x) => permute(x, [2, 1, 0]), torch: 'x0.permute(2, 1, 0)' },
      {
        name: 'images to channels last',
        inputs: [uniform([2, 3, 4, 5])],
        call: (x) => permute(x, [0, 2, 3, 1]),
        torch: 'x0.permute(0, 2, 3, 1)',
      },
      {
        name: 'int32',
        inputs: [integers([1, 2, 3, 4, 5, 6], [1, 2, 3])],
        call: (x) => permute(x, [2, 0, 1]),
        torch: 'x0.permute(2, 0, 1)',
      },
    ],
    errors: [
      {
        name: 'axis missing',
        inputs: [uniform([2, 3])],
        call: (x) => permute(x, [0]),
        error: ShapeError,
        message: 'permute: axes must name each of the 2 axes once, got [0]',
      },
      {
        name: 'axis twice',
        inputs: [uniform([2, 3])],
        call: (x) => permute(x, [0, 0]),
        error: ShapeError,
        message: 'permute: axes must name each of the 2 axes once, got [0, 0]',
      },
    ],
  },
  {
    name: 'movedim',
    samples: [
      { name: 'to the end', inputs: [uniform([2, 3, 4])], call: (x) => movedim(x, 0, -1), torch: 'x0.movedim(0, -1)' },
      { name: 'to the front', inputs: [uniform([2, 3, 4])], call: (x) => movedim(x, 2, 0), torch: 'x0.movedim(2, 0)' },
    ],
    errors: [
      {
        name: 'no such axis',
        inputs: [uniform([2, 3])],
        call: (x) => movedim(x, 0, 2),
        error: ShapeError,
        message: 'movedim: axis must be an integer in [-2, 2), got 2',
      },
    ],
  },
];
