import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { embedding, gather, indexSelect, maskedFill, oneHot, scatterAdd, take } from '@dl/tensor';
import type { OpRecord } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

const grid = uniform([3, 4]);
const permuted = integers([2, 0, 1, 1, 1, 0, 2, 2, 0, 0, 0, 1], [3, 4]);

/** Ops that choose elements by the values of another tensor. */
export const indexingRecords: readonly OpRecord[] = [
  {
    name: 'gather',
    samples: [
      { name: 'axis 0', inputs: [grid, permuted], call: (x, i) => gather(x, i, 0), torch: 'x0.gather(0, x1.long())' },
      { name: 'last axis', inputs: [grid, permuted], call: (x, i) => gather(x, i, -1), torch: 'x0.gather(-1, x1.long())' },
      {
        name: 'middle axis',
        inputs: [uniform([2, 3, 2]), integers([0, 2, 1, 1, 2, 0, 1, 2], [2, 2, 2])],
        call: (x, i) => gather(x, i, 1),
        torch: 'x0.gather(1, x1.long())',
      },
      {
        name: 'more indices than elements',
        inputs: [uniform([2, 2]), integers([1, 1, 0, 1, 0, 0], [2, 3])],
        call: (x, i) => gather(x, i, 1),
        torch: 'x0.gather(1, x1.long())',
      },
      {
        name: 'index smaller on another axis',
        inputs: [grid, integers([3, 0], [1, 2])],
        call: (x, i) => gather(x, i, 1),
        torch: 'x0.gather(1, x1.long())',
      },
      {
        name: 'uint8 index',
        inputs: [grid, integers([1, 2, 0], [3, 1], 'uint8')],
        call: (x, i) => gather(x, i, 1),
        torch: 'x0.gather(1, x1.long())',
      },
      {
        name: 'empty index',
        inputs: [grid, integers([], [3, 0])],
        call: (x, i) => gather(x, i, 1),
        torch: 'x0.gather(1, x1.long())',
      },
      {
        name: 'bool',
        inputs: [integers([1, 0, 0, 1], [2, 2], 'bool'), integers([1, 0], [2, 1])],
        call: (x, i) => gather(x, i, 1),
        torch: 'x0.gather(1, x1.long())',
      },
    ],
    errors: [
      {
        name: 'index out of range',
        inputs: [grid, integers([0, 4, 0], [3, 1])],
        call: (x, i) => gather(x, i, 1),
        error: ArgumentError,
        message: 'gather: indices must be in [0, 4), got 4',
      },
      {
        name: 'index too large',
        inputs: [grid, integers([0, 0, 0, 0, 0], [5, 1])],
        call: (x, i) => gather(x, i, 1),
        error: ShapeError,
        message: 'gather: index must not be larger than x but along axis 1, got [5, 1] (x [3, 4])',
      },
      {
        name: 'index of another rank',
        inputs: [grid, integers([0, 0, 0])],
        call: (x, i) => gather(x, i, 1),
        error: ShapeError,
        message: 'gather: index must not be larger than x but along axis 1, got [3] (x [3, 4])',
      },
      {
        name: 'float index',
        inputs: [grid, floats([0, 0, 0], [3, 1])],
        call: (x, i) => gather(x, i, 1),
        error: DTypeError,
        message: /^gather: index must be int32 or uint8, got float(32|64): convert it with cast\(index, 'int32'\)$/,
      },
    ],
  },
  {
    name: 'scatterAdd',
    samples: [
      {
        name: 'axis 0, places met twice',
        inputs: [uniform([3, 4]), permuted, uniform([3, 4], { seed: 1 })],
        call: (x, i, src) => scatterAdd(x, i, src, 0),
        torch: 'x0.scatter_add(0, x1.long(), x2)',
      },
      {
        name: 'last axis',
        inputs: [uniform([2, 3]), integers([2, 2, 0, 1], [2, 2]), uniform([2, 2], { seed: 1 })],
        call: (x, i, src) => scatterAdd(x, i, src, -1),
        torch: 'x0.scatter_add(-1, x1.long(), x2)',
      },
      {
        name: 'index smaller than source and target',
        inputs: [uniform([3, 3]), integers([2, 0], [1, 2]), uniform([2, 3], { seed: 1 })],
        call: (x, i, src) => scatterAdd(x, i, src, 0),
        // PyTorch's own gradient fails on a source that is larger.
        torch: 'x0.scatter_add(0, x1.long(), x2[:1, :2])',
      },
      {
        name: 'int32',
        inputs: [integers([1, 2, 3]), integers([2, 2, 0]), integers([10, 20, 30])],
        call: (x, i, src) => scatterAdd(x, i, src, 0),
        torch: 'x0.scatter_add(0, x1.long(), x2)',
      },
      {
        name: 'nothing',
        inputs: [uniform([3]), integers([]), uniform([0])],
        call: (x, i, src) => scatterAdd(x, i, src, 0),
        torch: 'x0.scatter_add(0, x1.long(), x2)',
      },
    ],
    errors: [
      {
        name: 'index out of range',
        inputs: [uniform([3]), integers([0, -1]), uniform([2])],
        call: (x, i, src) => scatterAdd(x, i, src, 0),
        error: ArgumentError,
        message: 'scatterAdd: indices must be in [0, 3), got -1',
      },
      {
        name: 'index larger than source',
        inputs: [uniform([3, 3]), integers([0, 0, 0], [1, 3]), uniform([1, 2])],
        call: (x, i, src) => scatterAdd(x, i, src, 0),
        error: ShapeError,
        message: 'scatterAdd: index must not be larger than src, got [1, 3] (src [1, 2])',
      },
      {
        name: 'bool',
        inputs: [integers([1], [1], 'bool'), integers([0]), integers([1], [1], 'bool')],
        call: (x, i, src) => scatterAdd(x, i, src, 0),
        error: DTypeError,
        message: 'scatterAdd: dtypes of x and src must be one of float or int32, got bool and bool',
      },
    ],
  },
  {
    name: 'indexSelect',
    samples: [
      {
        name: 'rows',
        inputs: [grid, integers([2, 0, 2])],
        call: (x, i) => indexSelect(x, i, 0),
        torch: 'x0.index_select(0, x1)',
      },
      {
        name: 'columns',
        inputs: [grid, integers([3, 1, 1, 0, 2])],
        call: (x, i) => indexSelect(x, i, -1),
        torch: 'x0.index_select(-1, x1)',
      },
      {
        name: 'middle axis',
        inputs: [uniform([2, 3, 2]), integers([1, 0])],
        call: (x, i) => indexSelect(x, i, 1),
        torch: 'x0.index_select(1, x1)',
      },
      { name: 'nothing', inputs: [grid, integers([])], call: (x, i) => indexSelect(x, i, 0), torch: 'x0.index_select(0, x1)' },
      {
        name: 'uint8 index',
        inputs: [grid, integers([1, 1], [2], 'uint8')],
        call: (x, i) => indexSelect(x, i, 0),
        torch: 'x0.index_select(0, x1.long())',
      },
      {
        name: 'uint8',
        inputs: [integers([7, 8, 9], [3], 'uint8'), integers([2, 1])],
        call: (x, i) => indexSelect(x, i, 0),
        torch: 'x0.index_select(0, x1)',
      },
    ],
    errors: [
      {
        name: 'index out of range',
        inputs: [grid, integers([2, 3])],
        call: (x, i) => indexSelect(x, i, 0),
        error: ArgumentError,
        message: 'indexSelect: indices must be in [0, 3), got 3',
      },
      {
        name: 'index of two axes',
        inputs: [grid, integers([0, 1], [1, 2])],
        call: (x, i) => indexSelect(x, i, 0),
        error: ShapeError,
        message: 'indexSelect: index must have 1 axis, got 2 (index [1, 2])',
      },
      {
        name: 'no such axis',
        inputs: [grid, integers([0])],
        call: (x, i) => indexSelect(x, i, 2),
        error: ShapeError,
        message: 'indexSelect: axis must be an integer in [-2, 2), got 2',
      },
      {
        name: 'bool index',
        inputs: [grid, integers([1, 0, 1], [3], 'bool')],
        call: (x, i) => indexSelect(x, i, 0),
        error: DTypeError,
        message: "indexSelect: index must be int32 or uint8, got bool: convert it with cast(index, 'int32')",
      },
    ],
  },
  {
    name: 'take',
    samples: [
      { name: 'matrix of indices', inputs: [grid, integers([11, 0, 5, 5], [2, 2])], call: take, torch: 'x0.take(x1.long())' },
      { name: 'one', inputs: [grid, integers([7], [])], call: take, torch: 'x0.take(x1.long())' },
    ],
    errors: [
      {
        name: 'bool index',
        inputs: [grid, integers([1], [1], 'bool')],
        call: take,
        error: DTypeError,
        message: "take: index must be int32 or uint8, got bool: convert it with cast(index, 'int32')",
      },
    ],
  },
  {
    name: 'embedding',
    samples: [
      {
        name: 'sentences',
        inputs: [uniform([5, 3]), integers([4, 0, 0, 2, 1, 4], [2, 3])],
        call: embedding,
        torch: 'F.embedding(x1.long(), x0)',
      },
      { name: 'one word', inputs: [uniform([5, 3]), integers([3], [])], call: embedding, torch: 'F.embedding(x1.long(), x0)' },
    ],
    errors: [
      {
        name: 'word out of range',
        inputs: [uniform([5, 3]), integers([4, 5])],
        call: embedding,
        error: ArgumentError,
        message: 'indexSelect: indices must be in [0, 5), got 5',
      },
      {
        name: 'weight of one axis',
        inputs: [uniform([5]), integers([0])],
        call: embedding,
        error: ShapeError,
        message: 'embedding: weight must have 2 axes [n, d], got [5]',
      },
    ],
  },
  {
    name: 'maskedFill',
    samples: [
      {
        name: 'number',
        inputs: [uniform([2, 3]), integers([1, 0, 0, 1, 1, 0], [2, 3], 'bool')],
        call: (x, mask) => maskedFill(x, mask, -9),
        torch: 'x0.masked_fill(x1, -9)',
      },
      {
        name: 'row mask and scalar tensor',
        inputs: [uniform([2, 3]), integers([1, 0, 1], [3], 'bool'), uniform([], { seed: 1 })],
        call: maskedFill,
        torch: 'torch.where(x1, x2, x0)',
      },
      {
        name: 'over infinities',
        inputs: [floats([Number.POSITIVE_INFINITY, 1, Number.NaN]), integers([1, 0, 1], [3], 'bool')],
        call: (x, mask) => maskedFill(x, mask, 0),
        torch: 'x0.masked_fill(x1, 0)',
        differentiable: [],
      },
    ],
    errors: [
      {
        name: 'mask larger than x',
        inputs: [uniform([3]), integers([1, 0, 1, 1, 1, 1], [2, 3], 'bool')],
        call: (x, mask) => maskedFill(x, mask, 0),
        error: ShapeError,
        message: 'maskedFill: mask and value must broadcast to x, got [2, 3] (x [3])',
      },
      {
        name: 'int32 mask',
        inputs: [uniform([2]), integers([1, 0])],
        call: (x, mask) => maskedFill(x, mask, 0),
        error: DTypeError,
        message: "maskedFill: mask must be bool, got int32: compare it, or convert it with cast(mask, 'bool')",
      },
    ],
  },
  {
    name: 'oneHot',
    samples: [
      { name: 'vector', inputs: [integers([2, 0, 1])], call: (x) => oneHot(x, 3), torch: 'F.one_hot(x0.long(), 3).double()' },
      {
        name: 'matrix of uint8 as int32',
        inputs: [integers([0, 3, 1, 1], [2, 2], 'uint8')],
        call: (x) => oneHot(x, 4, { dtype: 'int32' }),
        torch: 'F.one_hot(x0.long(), 4)',
      },
      { name: 'no class', inputs: [integers([-1, 3])], call: (x) => oneHot(x, 3) },
    ],
    errors: [
      {
        name: 'no classes',
        inputs: [integers([0])],
        call: (x) => oneHot(x, 0),
        error: ArgumentError,
        message: 'oneHot: classes must be a positive integer, got 0',
      },
      {
        name: 'float',
        inputs: [floats([0])],
        call: (x) => oneHot(x, 2),
        error: DTypeError,
        message: /^oneHot: index must be int32 or uint8, got float(32|64): convert it with cast\(index, 'int32'\)$/,
      },
    ],
  },
];
