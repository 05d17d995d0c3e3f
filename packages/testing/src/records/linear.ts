import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import { dot, einsum, linear, type MatmulOptions, matmul, outer } from '@dl/tensor';
import type { OpRecord, OpSample } from '../record.ts';
import { integers, uniform } from '../sample.ts';

function product(name: string, a: readonly number[], b: readonly number[], options: MatmulOptions = {}): OpSample {
  const left = options.transposeA ? 'x0.transpose(-1, -2)' : 'x0';
  const right = options.transposeB ? 'x1.transpose(-1, -2)' : 'x1';
  return {
    name,
    inputs: [uniform(a), uniform(b, { seed: 1 })],
    call: (x, y) => matmul(x, y, options),
    torch: `${left} @ ${right}`,
  };
}

function contraction(equation: string, ...shapes: readonly (readonly number[])[]): OpSample {
  const operands = shapes.map((_, i) => `x${i}`).join(', ');
  return {
    name: `${equation} of ${shapes.map((shape) => `[${shape}]`).join(', ')}`,
    inputs: shapes.map((shape, seed) => uniform(shape, { seed })),
    call: (...xs) => einsum(equation, ...xs),
    torch: `torch.einsum('${equation}', ${operands})`,
  };
}

/** Products of vectors and matrices. */
export const linearRecords: readonly OpRecord[] = [
  {
    name: 'matmul',
    samples: [
      product('matrices', [3, 4], [4, 2]),
      product('A transposed', [4, 3], [4, 2], { transposeA: true }),
      product('B transposed', [3, 4], [2, 4], { transposeB: true }),
      product('both transposed', [4, 3], [2, 4], { transposeA: true, transposeB: true }),
      product('batch', [2, 3, 4], [2, 4, 2]),
      product('batch against one matrix', [2, 3, 4], [4, 2]),
      product('one matrix against a batch, transposed', [4, 3], [2, 2, 4], { transposeA: true, transposeB: true }),
      product('batches that stretch each other', [2, 1, 2, 3], [3, 3, 2]),
      product('vector and matrix', [4], [4, 2]),
      product('matrix and vector', [3, 4], [4]),
      product('batch and vector', [2, 3, 4], [4]),
      product('vectors', [4], [4]),
      product('nothing to sum', [2, 0], [0, 3]),
      product('no rows', [0, 3], [3, 2]),
      product('no batch', [0, 2, 3], [3, 2]),
      product('larger than a tile', [37, 70], [70, 45]),
      product('larger than a tile, transposed', [70, 37], [45, 70], { transposeA: true, transposeB: true }),
    ],
    errors: [
      {
        name: 'inner dimensions',
        inputs: [uniform([2, 3]), uniform([2, 3])],
        call: (a, b) => matmul(a, b),
        error: ShapeError,
        message: 'matmul: inner dimensions must match, got 3 and 2 (a [2, 3], b [2, 3])',
      },
      {
        name: 'inner dimensions, transposed',
        inputs: [uniform([2, 3]), uniform([3, 2])],
        call: (a, b) => matmul(a, b, { transposeB: true }),
        error: ShapeError,
        message: 'matmul: inner dimensions must match, got 3 and 2 (a [2, 3], b [3, 2] transposed)',
      },
      {
        name: 'batches',
        inputs: [uniform([2, 2, 3]), uniform([3, 3, 2])],
        call: (a, b) => matmul(a, b),
        error: ShapeError,
        message: /^matmul: shapes must broadcast, got 2 and 3 at axis 0 /,
      },
      {
        name: 'scalar',
        inputs: [uniform([]), uniform([2, 2])],
        call: (a, b) => matmul(a, b),
        error: ShapeError,
        message: 'matmul: operands must have at least 2 axes, got 0 and 2 (a [], b [2, 2])',
      },
      {
        name: 'int32',
        inputs: [integers([1, 2, 3, 4], [2, 2]), integers([1, 2, 3, 4], [2, 2])],
        call: (a, b) => matmul(a, b),
        error: DTypeError,
        message: "matmul: dtypes must be one float type, got int32 and int32: convert with cast(x, 'float32')",
      },
    ],
  },
  {
    name: 'linear',
    samples: [
      {
        name: 'batch with bias',
        inputs: [uniform([3, 4]), uniform([2, 4], { seed: 1 }), uniform([2], { seed: 2 })],
        call: linear,
        torch: 'F.linear(x0, x1, x2)',
      },
      {
        name: 'sequence without bias',
        inputs: [uniform([2, 3, 4]), uniform([5, 4], { seed: 1 })],
        call: linear,
        torch: 'F.linear(x0, x1)',
      },
      {
        name: 'vector',
        inputs: [uniform([4]), uniform([2, 4], { seed: 1 }), uniform([2], { seed: 2 })],
        call: linear,
        torch: 'F.linear(x0, x1, x2)',
      },
      {
        name: 'empty batch',
        inputs: [uniform([0, 4]), uniform([2, 4], { seed: 1 }), uniform([2], { seed: 2 })],
        call: linear,
        torch: 'F.linear(x0, x1, x2)',
      },
    ],
    errors: [
      {
        name: 'features',
        inputs: [uniform([3, 4]), uniform([2, 5])],
        call: linear,
        error: ShapeError,
        message: 'linear: x must be [..., in] and weight [out, in], got 4 and 5 (x [3, 4], weight [2, 5])',
      },
      {
        name: 'bias',
        inputs: [uniform([3, 4]), uniform([2, 4]), uniform([3])],
        call: linear,
        error: ShapeError,
        message: 'linear: bias must be [2], got [3] (weight [2, 4])',
      },
    ],
  },
  {
    name: 'dot',
    samples: [
      { name: 'vectors', inputs: [uniform([5]), uniform([5], { seed: 1 })], call: dot, torch: 'x0.dot(x1)' },
      { name: 'nothing', inputs: [uniform([0]), uniform([0])], call: dot, torch: 'x0.dot(x1)' },
    ],
    errors: [
      {
        name: 'lengths',
        inputs: [uniform([2]), uniform([3])],
        call: dot,
        error: ShapeError,
        message: 'dot: operands must be vectors of one length, got [2] and [3]',
      },
    ],
  },
  {
    name: 'outer',
    samples: [
      { name: 'vectors', inputs: [uniform([2]), uniform([3], { seed: 1 })], call: outer, torch: 'x0.outer(x1)' },
      { name: 'int32', inputs: [integers([1, -2]), integers([3, 4, 5])], call: outer, torch: 'x0.outer(x1)' },
    ],
    errors: [
      {
        name: 'matrix',
        inputs: [uniform([2, 2]), uniform([2])],
        call: outer,
        error: ShapeError,
        message: 'outer: operands must be vectors, got [2, 2] and [2]',
      },
    ],
  },
  {
    name: 'einsum',
    samples: [
      contraction('ij,jk->ik', [2, 3], [3, 4]),
      contraction('ij,jk', [2, 3], [3, 4]),
      contraction('ij,kj->ik', [2, 3], [4, 3]),
      contraction('ji,jk->ki', [3, 2], [3, 4]),
      contraction('bij,bjk->bik', [2, 2, 3], [2, 3, 2]),
      contraction('bhqd,bhkd->bhqk', [2, 2, 3, 2], [2, 2, 2, 2]),
      contraction('i,j->ij', [2], [3]),
      contraction('i,i->', [3], [3]),
      contraction('i,i->i', [3], [3]),
      contraction('ij->ji', [2, 3]),
      contraction('ba', [2, 3]),
      contraction('ij->', [2, 3]),
      contraction('ijk->ik', [2, 3, 2]),
      contraction('ii->i', [3, 3]),
      contraction('ii', [3, 3]),
      contraction('iij,j->i', [2, 2, 3], [3]),
      contraction('ij,jk,kl->il', [2, 3], [3, 2], [2, 4]),
      contraction('ik,jkl,il->ij', [2, 3], [4, 3, 2], [2, 2]),
      contraction('ij,k->k', [2, 3], [2]),
      contraction('...ij,...jk->...ik', [2, 2, 3], [3, 2]),
      contraction('...i,i', [2, 3, 2], [2]),
      contraction('i...,i...->...', [2, 3], [2, 1]),
      contraction('...->...', [2, 3]),
      contraction('ij,jk->ik', [2, 1], [3, 2]),
      contraction('ij,jk->ik', [2, 0], [0, 2]),
      {
        name: 'int32, where nothing is summed',
        inputs: [integers([1, 2]), integers([3, 4, 5])],
        call: (a, b) => einsum('i,j->ji', a, b),
        torch: "torch.einsum('i,j->ji', x0, x1)",
      },
    ],
    errors: [
      {
        name: 'no operand',
        inputs: [],
        call: () => einsum('i->i'),
        error: ArgumentError,
        message: "einsum: operands must be at least one, got none ('i->i')",
      },
      {
        name: 'no equation',
        inputs: [uniform([2])],
        call: (x) => einsum('i->j->k', x),
        error: ArgumentError,
        message: "einsum: equation must be like 'ij,jk->ik', with letters and at most one '...' a term, got 'i->j->k'",
      },
      {
        name: 'operand missing',
        inputs: [uniform([2])],
        call: (x) => einsum('i,i->', x),
        error: ArgumentError,
        message: "einsum: equation must have one term an operand, got 2 and 1 ('i,i->')",
      },
      {
        name: 'rank',
        inputs: [uniform([2, 3])],
        call: (x) => einsum('i->i', x),
        error: ShapeError,
        message: "einsum: operands must have an axis a label, got [2, 3] for 'i'",
      },
      {
        name: 'extents',
        inputs: [uniform([2, 3]), uniform([4, 2])],
        call: (a, b) => einsum('ij,jk->ik', a, b),
        error: ShapeError,
        message: "einsum: extents of 'j' must be equal, got 3 and 4 ('ij,jk->ik')",
      },
      {
        name: 'extents of a diagonal',
        inputs: [uniform([2, 3])],
        call: (x) => einsum('ii->i', x),
        error: ShapeError,
        message: "einsum: extents of 'i' must be equal, got 2 and 3 ([2, 3])",
      },
      {
        name: 'unknown output label',
        inputs: [uniform([2])],
        call: (x) => einsum('i->j', x),
        error: ArgumentError,
        message: "einsum: output labels must be in an operand, got 'j' ('i->j')",
      },
      {
        name: 'output label twice',
        inputs: [uniform([2])],
        call: (x) => einsum('i->ii', x),
        error: ArgumentError,
        message: "einsum: output labels must be distinct, got 'i' twice ('i->ii')",
      },
      {
        name: 'int32 sum',
        inputs: [integers([1, 2]), integers([3, 4])],
        call: (a, b) => einsum('i,i->', a, b),
        error: DTypeError,
        message: "einsum: dtypes must be one float type, got int32 and int32: convert with cast(x, 'float32')",
      },
    ],
  },
];
