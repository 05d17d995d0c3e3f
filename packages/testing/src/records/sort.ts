import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { argsort, type SortResult, sort, type Tensor, topK } from '@dl/tensor';
import type { OpRecord } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

const pair = ({ values, indices }: SortResult): readonly Tensor[] => [values, indices];
const ties = integers([2, 1, 2, 1, 3, 1, 2, 3], [2, 4]);
const special = floats([1, Number.NaN, Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY, Number.NaN]);

/** Ops that order elements by value. */
export const sortRecords: readonly OpRecord[] = [
  {
    name: 'argsort',
    samples: [
      { name: 'last axis', inputs: [uniform([3, 5])], call: (x) => argsort(x), torch: 'x0.sort(-1)[1]', differentiable: [] },
      { name: 'axis 0', inputs: [uniform([4, 3])], call: (x) => argsort(x, 0), torch: 'x0.sort(0)[1]', differentiable: [] },
      {
        name: 'descending',
        inputs: [uniform([2, 4])],
        call: (x) => argsort(x, -1, { descending: true }),
        torch: 'x0.sort(-1, descending=True)[1]',
        differentiable: [],
      },
      { name: 'ties', inputs: [ties], call: (x) => argsort(x), torch: 'torch.sort(x0, stable=True)[1]' },
      {
        name: 'ties, descending',
        inputs: [ties],
        call: (x) => argsort(x, -1, { descending: true }),
        torch: 'torch.sort(x0, stable=True, descending=True)[1]',
      },
      {
        name: 'NaN and infinities',
        inputs: [special],
        call: (x) => argsort(x),
        torch: 'torch.sort(x0, stable=True)[1]',
        differentiable: [],
      },
      {
        name: 'NaN and infinities, descending',
        inputs: [special],
        call: (x) => argsort(x, 0, { descending: true }),
        torch: 'torch.sort(x0, stable=True, descending=True)[1]',
        differentiable: [],
      },
      { name: 'empty', inputs: [uniform([2, 0])], call: (x) => argsort(x), torch: 'x0.sort(-1)[1]', differentiable: [] },
      {
        name: 'long',
        inputs: [uniform([300])],
        call: (x) => argsort(x),
        torch: 'torch.sort(x0, stable=True)[1]',
        differentiable: [],
      },
    ],
    errors: [
      {
        name: 'scalar',
        inputs: [uniform([])],
        call: (x) => argsort(x),
        error: ShapeError,
        message: 'argsort: axis must be an integer in [0, 0), got -1',
      },
      {
        name: 'bool',
        inputs: [integers([1, 0], [2], 'bool')],
        call: (x) => argsort(x),
        error: DTypeError,
        message: "argsort: dtype must be float or int32, got bool: convert it with cast(x, 'float32')",
      },
    ],
  },
  {
    name: 'sort',
    samples: [
      { name: 'last axis', inputs: [uniform([3, 4])], call: (x) => pair(sort(x)), torch: 'x0.sort()' },
      {
        name: 'middle axis, descending',
        inputs: [uniform([2, 3, 2])],
        call: (x) => pair(sort(x, 1, { descending: true })),
        torch: 'x0.sort(1, descending=True)',
      },
      { name: 'int32', inputs: [integers([3, -1, 2])], call: (x) => pair(sort(x)), torch: 'x0.sort()' },
    ],
    kinks: [
      {
        name: 'equal elements keep their order',
        inputs: [floats([2, 1, 1])],
        call: (x) =>
          sort(x)
            .values.slice([[0, 2]])
            .mul(sort(x).values.slice([[1, 3]])),
        gradients: [[1, 1, 3]],
      },
    ],
    errors: [
      {
        name: 'uint8',
        inputs: [integers([1, 0], [2], 'uint8')],
        call: (x) => sort(x),
        error: DTypeError,
        message: "sort: dtype must be float or int32, got uint8: convert it with cast(x, 'float32')",
      },
    ],
  },
  {
    name: 'topK',
    samples: [
      { name: 'two of each row', inputs: [uniform([3, 5])], call: (x) => pair(topK(x, 2)), torch: 'x0.topk(2)' },
      {
        name: 'smallest of each column',
        inputs: [uniform([4, 3])],
        call: (x) => pair(topK(x, 3, 0, { largest: false })),
        torch: 'x0.topk(3, 0, largest=False)',
      },
      { name: 'all', inputs: [uniform([4])], call: (x) => pair(topK(x, 4)), torch: 'x0.topk(4)' },
      { name: 'none', inputs: [uniform([2, 3])], call: (x) => pair(topK(x, 0)), torch: 'x0.topk(0)' },
      { name: 'int32', inputs: [integers([3, 9, 5])], call: (x) => pair(topK(x, 1)), torch: 'x0.topk(1)' },
    ],
    errors: [
      {
        name: 'more than there are',
        inputs: [uniform([2, 3])],
        call: (x) => topK(x, 4),
        error: ArgumentError,
        message: 'topK: k must be an integer in [0, 3], got 4 (x [2, 3], axis 1)',
      },
    ],
  },
];
