import { type DType, type FactorFn, factorShape, type HostTensor, type Shape } from '@dl/kernels';
import { host, numbers, spec } from '../host.ts';
import type { KernelCases } from '../kernel-case.ts';

/** Matrices far from singular: the numbers of a shape with 6 added on the diagonal. */
function wellConditioned(lead: Shape, n: number, dtype: DType): HostTensor {
  const { data } = numbers([...lead, n, n], dtype);
  return host(
    [...lead, n, n],
    dtype,
    Array.from(data, (value, i) => (Math.floor(i / n) % n === i % n ? value + 6 : value)),
  );
}

const square: readonly FactorFn[] = ['cholesky', 'qr', 'eigh', 'svd', 'slogdet'];

export const factor: KernelCases<'factor'> = (dtype) => [
  ...square.flatMap((fn) =>
    [1, 3, 6].map((n) => ({
      name: `${fn} of ${n} by ${n}, two`,
      inputs: [wellConditioned([2], n, dtype)],
      attrs: { fn },
      out: spec([2, ...factorShape(fn, n, n)], dtype),
    })),
  ),
  ...(['qr', 'svd'] as const).map((fn) => ({
    name: `${fn} of a tall matrix`,
    inputs: [numbers([7, 3], dtype)],
    attrs: { fn },
    out: spec(factorShape(fn, 7, 3), dtype),
  })),
  {
    name: 'svd of a wide matrix',
    inputs: [numbers([2, 5], dtype)],
    attrs: { fn: 'svd' },
    out: spec(factorShape('svd', 2, 5), dtype),
  },
  {
    name: 'no matrix',
    inputs: [numbers([0, 3, 3], dtype)],
    attrs: { fn: 'eigh' },
    out: spec([0, ...factorShape('eigh', 3, 3)], dtype),
  },
];

export const solve: KernelCases<'solve'> = (dtype) =>
  (['general', 'lower', 'upper'] as const).flatMap((kind) =>
    [false, true].map((transpose) => ({
      name: `${kind}${transpose ? ', transposed' : ''}`,
      inputs: [wellConditioned([2], 5, dtype), numbers([2, 5, 3], dtype, 1)],
      attrs: { kind, transpose },
      out: spec([2, 5, 3], dtype),
    })),
  );
