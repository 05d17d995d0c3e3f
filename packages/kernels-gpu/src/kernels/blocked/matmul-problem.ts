import { broadcastStrides, type KernelAttrs, type TensorSpec } from '@dl/kernels';
import { collapse } from '../box.ts';

/** `count` products of `[m, k]` and `[k, n]`; matrices of the operands are `strideA` and `strideB` matrices apart, 0 or 1. */
export interface MatmulProblem {
  readonly count: number;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly strideA: number;
  readonly strideB: number;
}

/** The problem, unless its batch is broadcast along some axes only. */
export function matmulProblem(
  [a, b]: readonly TensorSpec[],
  attrs: KernelAttrs['matmul'],
  out: TensorSpec,
): MatmulProblem | undefined {
  const leading = out.shape.slice(0, -2);
  const [m, n] = out.shape.slice(-2);
  const k = a.shape[a.shape.length - (attrs.transposeA ? 2 : 1)];
  const operands = [a, b].map(({ shape }) => broadcastStrides(shape.slice(0, -2), leading));
  const { extents, strides } = collapse(leading, operands);
  if (extents.length > 1) return undefined;
  const [count, [strideA], [strideB]] = [extents[0], ...strides];
  // One matrix for all rows of a batch: a longer product.
  if (strideA === 1 && strideB === 0 && !attrs.transposeA) return { count: 1, m: count * m, n, k, strideA: 0, strideB };
  return { count, m, n, k, strideA, strideB };
}
