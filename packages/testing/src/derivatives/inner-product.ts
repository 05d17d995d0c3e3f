import { type HostTensor, isFloat } from '@dl/kernels';
import { cotangent } from '../differentiate.ts';

/** $\langle a, b \rangle$ over several arrays. */
export function innerProduct(a: readonly HostTensor[], b: readonly ArrayLike<number>[]): number {
  return fold(a, b, (x) => x);
}

/**
 * Refuses two ways to compute one number that differ by more than `tolerance`, relative to the terms of $\langle a, b \rangle$, which may cancel.
 *
 * @throws Error that names both
 */
export function assertInnerProduct(
  what: string,
  a: readonly HostTensor[],
  b: readonly ArrayLike<number>[],
  expected: number,
  tolerance: number,
): void {
  const value = innerProduct(a, b);
  const allowed = tolerance * (1 + fold(a, b, Math.abs));
  if (!(Math.abs(value - expected) <= allowed)) {
    const difference = Math.abs(value - expected).toExponential(1);
    throw new Error(
      `${what} must agree, got ${value} for ${expected} (difference ${difference}, allowed ${allowed.toExponential(1)})`,
    );
  }
}

/** $\sum_k \langle c_k, y_k \rangle$ over float outputs: the scalar whose gradient the suites take, computed on the host. */
export function weightedTotal(outputs: readonly HostTensor[]): number {
  const floats = outputs.flatMap((output, k) => (isFloat(output.dtype) ? [{ output, k }] : []));
  return innerProduct(
    floats.map(({ output }) => output),
    floats.map(({ output, k }) => Array.from(output.data, (_, i) => cotangent(k, i))),
  );
}

function fold(a: readonly HostTensor[], b: readonly ArrayLike<number>[], of: (term: number) => number): number {
  let total = 0;
  a.forEach(({ data }, k) => {
    for (let i = 0; i < data.length; i++) total += of(data[i] * b[k][i]);
  });
  return total;
}
