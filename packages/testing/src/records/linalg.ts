import { ArgumentError, DTypeError, ShapeError } from '@dl/kernels';
import {
  cholesky,
  det,
  eigh,
  inverse,
  lstsq,
  pinv,
  qr,
  slogdet,
  solve,
  solveTriangular,
  svd,
  type Tensor,
  trace,
} from '@dl/tensor';
import type { OpErrorSample, OpRecord, OpSample, SampleInput } from '../record.ts';
import { floats, integers, uniform } from '../sample.ts';

/** Far from singular: `shift` is added on the diagonal. */
function matrix(shape: readonly number[], { seed = 0, shift = 4 } = {}): SampleInput {
  const [m, n] = shape.slice(-2);
  const { values } = uniform(shape, { seed });
  return floats(
    values.map((value, i) => (Math.floor(i / n) % m === i % n ? value + shift : value)),
    shape,
  );
}

/** Symmetric, with eigenvalues well apart: what is drawn below the diagonal is mirrored, and the diagonal grows. */
function symmetric(n: number, seed = 0): SampleInput {
  const { values } = uniform([n, n], { seed, low: -0.5, high: 0.5 });
  return floats(
    values.map((value, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return i === j ? value + 2 * (i + 1) : values[Math.max(i, j) * n + Math.min(i, j)];
    }),
    [n, n],
  );
}

const turn = (of: string): string => `torch.sign(${of}.gather(-2, ${of}.detach().abs().argmax(-2, keepdim=True))).detach()`;

/** PyTorch's vectors with the entry of largest magnitude positive. */
const signedEigh = `(lambda w, v: (w, v * ${turn('v')}))(*torch.linalg.eigh(x0))`;
const signedSvd = `(lambda u, s, vh: (u * ${turn('u')}, s, vh * ${turn('u')}.transpose(-1, -2)))(*torch.linalg.svd(x0, full_matrices=False))`;

const refusals = (call: (x: Tensor) => unknown, name: string): readonly OpErrorSample[] => [
  {
    name: 'not square',
    inputs: [uniform([2, 3])],
    call,
    error: ShapeError,
    message: `${name}: matrices must be square, got [2, 3]`,
  },
  {
    name: 'vector',
    inputs: [uniform([3])],
    call,
    error: ShapeError,
    message: `${name}: x must be [..., m, n], got [3]`,
  },
  {
    name: 'int32',
    inputs: [integers([1, 0, 0, 1], [2, 2])],
    call,
    error: DTypeError,
    message: `${name}: dtype must be float, got int32: convert it with cast(x, 'float32')`,
  },
];

function system(name: string, a: readonly number[], b: readonly number[]): OpSample {
  return { name, inputs: [matrix(a), uniform(b, { seed: 1 })], call: solve, torch: 'torch.linalg.solve(x0, x1)' };
}

function triangular(upper: boolean, transpose: boolean): OpSample {
  const read = upper ? 'x0.triu()' : 'x0.tril()';
  const [matrixOf, isUpper] = transpose ? [`${read}.transpose(-1, -2)`, !upper] : [read, upper];
  return {
    name: `${upper ? 'upper' : 'lower'}${transpose ? ', transposed' : ''}`,
    inputs: [matrix([2, 4, 4]), uniform([2, 4, 3], { seed: 1 })],
    call: (a, b) => solveTriangular(a, b, { upper, transpose }),
    torch: `torch.linalg.solve_triangular(${matrixOf}, x1, upper=${isUpper ? 'True' : 'False'})`,
  };
}

const linalg: readonly OpRecord[] = [
  {
    name: 'solve',
    samples: [
      system('matrix', [4, 4], [4, 2]),
      system('one unknown', [1, 1], [1, 3]),
      system('batch', [2, 3, 3], [2, 3, 2]),
      { ...system('vector', [4, 4], [4]), torch: 'torch.linalg.solve(x0, x1)' },
      {
        ...system('one matrix for a batch', [3, 3], [2, 3, 2]),
        torch: 'torch.linalg.solve(x0.expand(2, 3, 3), x1)',
      },
      {
        name: 'rows that must change places',
        inputs: [floats([0, 2, 1, 0], [2, 2]), uniform([2, 2])],
        call: solve,
        torch: 'torch.linalg.solve(x0, x1)',
      },
    ],
    errors: [
      ...refusals((a) => solve(a, a), 'solve'),
      {
        name: 'height',
        inputs: [uniform([3, 3]), uniform([2, 1])],
        call: solve,
        error: ShapeError,
        message: 'solve: the right-hand side must be [..., 3, m] or [3], got [2, 1] (matrices [3, 3])',
      },
      {
        name: 'singular',
        inputs: [floats([1, 2, 2, 4], [2, 2]), floats([1, 1])],
        call: solve,
        error: ArgumentError,
        message: 'solve: the matrix must be invertible, got pivot 0 in row 1',
      },
    ],
  },
  {
    name: 'solveTriangular',
    samples: [triangular(false, false), triangular(true, false), triangular(false, true), triangular(true, true)],
    errors: refusals((a) => solveTriangular(a, a, { upper: true }), 'solveTriangular'),
  },
  {
    name: 'inverse',
    samples: [
      { name: 'matrix', inputs: [matrix([4, 4])], call: inverse, torch: 'torch.linalg.inv(x0)' },
      { name: 'batch', inputs: [matrix([2, 3, 3])], call: inverse, torch: 'torch.linalg.inv(x0)' },
    ],
    errors: refusals(inverse, 'inverse'),
  },
  {
    name: 'cholesky',
    samples: [
      { name: 'matrix', inputs: [symmetric(4)], call: cholesky, torch: 'torch.linalg.cholesky((x0 + x0.mT) / 2)' },
      {
        name: 'not symmetric',
        inputs: [matrix([2, 3, 3], { shift: 6 })],
        call: cholesky,
        torch: 'torch.linalg.cholesky((x0 + x0.mT) / 2)',
      },
      { name: 'one', inputs: [floats([4], [1, 1])], call: cholesky, torch: 'torch.linalg.cholesky(x0)' },
    ],
    errors: [
      ...refusals(cholesky, 'cholesky'),
      {
        name: 'not positive definite',
        inputs: [floats([1, 2, 2, 1], [2, 2])],
        call: cholesky,
        error: ArgumentError,
        message: 'cholesky: the matrix must be positive definite, got pivot -3 in row 1',
      },
    ],
  },
  {
    name: 'qr',
    samples: [
      ['square', [4, 4]],
      ['tall', [5, 3]],
      ['batch', [2, 3, 2]],
      ['one column', [3, 1]],
    ].map(([name, shape]) => ({
      name: String(name),
      inputs: [matrix(shape as number[], { shift: 2 })],
      call: (x: Tensor) => Object.values(qr(x)),
      torch: 'torch.linalg.qr(x0)',
    })),
    errors: refusals((x) => qr(x), 'qr').filter(({ name }) => name !== 'not square'),
  },
  {
    name: 'eigh',
    samples: [
      { name: 'matrix', inputs: [symmetric(4)], call: (x) => Object.values(eigh(x)), torch: signedEigh },
      { name: 'one', inputs: [floats([3], [1, 1])], call: (x) => Object.values(eigh(x)), torch: signedEigh },
      {
        name: 'not symmetric',
        inputs: [matrix([3, 3], { seed: 3 })],
        call: (x) => Object.values(eigh(x)),
        torch: signedEigh.replace('eigh(x0)', 'eigh((x0 + x0.mT) / 2)'),
      },
    ],
    errors: [
      ...refusals((x) => eigh(x), 'eigh'),
      {
        name: 'NaN',
        inputs: [floats([1, Number.NaN, 0, 1], [2, 2])],
        call: (x) => eigh(x),
        error: ArgumentError,
        message: 'eigh: the matrix must be finite, got NaN or an infinity',
      },
    ],
  },
  {
    name: 'svd',
    samples: [
      ['square', [4, 4]],
      ['tall', [5, 3]],
      ['wide', [2, 4]],
      ['batch', [2, 3, 2]],
    ].map(([name, shape]) => ({
      name: String(name),
      inputs: [uniform(shape as number[])],
      call: (x: Tensor) => Object.values(svd(x)),
      torch: signedSvd,
    })),
    errors: refusals((x) => svd(x), 'svd').filter(({ name }) => name !== 'not square'),
  },
  {
    name: 'slogdet',
    samples: [
      {
        name: 'matrix',
        inputs: [matrix([4, 4])],
        call: (x) => Object.values(slogdet(x)),
        torch: '(lambda sign, log: (sign.detach(), log))(*torch.linalg.slogdet(x0))',
      },
      {
        name: 'batch, negative',
        inputs: [matrix([2, 3, 3], { shift: -4 })],
        call: (x) => Object.values(slogdet(x)),
        torch: '(lambda sign, log: (sign.detach(), log))(*torch.linalg.slogdet(x0))',
      },
      {
        name: 'singular',
        inputs: [floats([1, 2, 2, 4], [2, 2])],
        call: (x) => Object.values(slogdet(x)),
        torch: 'torch.linalg.slogdet(x0)',
        differentiable: [],
      },
    ],
    errors: refusals((x) => slogdet(x), 'slogdet'),
  },
  {
    name: 'det',
    samples: [
      { name: 'matrix', inputs: [matrix([3, 3])], call: det, torch: 'torch.linalg.det(x0)' },
      { name: 'batch', inputs: [matrix([2, 2, 2], { shift: -3 })], call: det, torch: 'torch.linalg.det(x0)' },
    ],
    errors: refusals(det, 'det'),
  },
  {
    name: 'lstsq',
    samples: [
      {
        name: 'more equations than unknowns',
        inputs: [matrix([6, 3], { shift: 2 }), uniform([6, 2], { seed: 1 })],
        call: lstsq,
        torch: 'torch.linalg.pinv(x0) @ x1',
      },
      {
        name: 'fewer equations than unknowns, a vector',
        inputs: [matrix([3, 5], { shift: 2 }), uniform([3], { seed: 1 })],
        call: lstsq,
        torch: 'torch.linalg.pinv(x0) @ x1',
      },
    ],
    errors: [
      {
        name: 'height',
        inputs: [uniform([3, 2]), uniform([2])],
        call: lstsq,
        error: ShapeError,
        message: 'lstsq: the right-hand side must be [..., 3, k] or [3], got [2, 1] (matrices [3, 2])',
      },
    ],
  },
  {
    name: 'pinv',
    samples: [
      { name: 'tall', inputs: [uniform([4, 3])], call: (x) => pinv(x), torch: 'torch.linalg.pinv(x0)' },
      { name: 'wide', inputs: [uniform([2, 3])], call: (x) => pinv(x), torch: 'torch.linalg.pinv(x0)' },
      {
        name: 'of low rank',
        inputs: [floats([1, 2, 2, 4, 3, 6], [3, 2])],
        call: (x) => pinv(x),
        torch: 'torch.linalg.pinv(x0)',
        differentiable: [],
      },
      {
        name: 'small singular values cut off',
        inputs: [floats([4, 0, 0, 1], [2, 2])],
        call: (x) => pinv(x, { rtol: 0.5 }),
        torch: 'torch.linalg.pinv(x0, rtol=0.5)',
        differentiable: [],
      },
    ],
    errors: refusals((x) => pinv(x), 'pinv').filter(({ name }) => name !== 'not square'),
  },
  {
    name: 'trace',
    samples: [
      { name: 'square', inputs: [uniform([3, 3])], call: trace, torch: 'torch.trace(x0)' },
      { name: 'batch', inputs: [uniform([2, 2, 4])], call: trace, torch: 'torch.einsum("bii->b", x0[..., :2])' },
    ],
    errors: refusals(trace, 'trace').filter(({ name }) => name !== 'not square'),
  },
];

/** Factorisations of matrices, and what is solved with them: of matrices of full rank, whose rows do not repeat each other. */
export const linalgRecords: readonly OpRecord[] = linalg.map((record) => ({
  ...record,
  samples: record.samples.map((sample) => ({ ...sample, repeats: false })),
}));
