import { matmulShape } from '@dl/kernels';
import { apply, type Op } from '../../core/op.ts';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { sumTo } from '../reduce/sum-to.ts';
import { oneFloat } from './one-float.ts';

/** Which operands {@link matmul} takes as stored with their last two axes swapped. */
export interface MatmulOptions {
  readonly transposeA?: boolean | undefined;
  readonly transposeB?: boolean | undefined;
}

interface MatmulAttrs {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const matmulOp: Op<MatmulAttrs> = {
  name: 'matmul',
  infer: ([a, b], attrs) => ({ shape: matmulShape('matmul', a.shape, b.shape, attrs), dtype: oneFloat('matmul', a, b) }),
  forward: (backend, inputs, attrs, out) => backend.run('matmul', inputs, attrs, out),
  vjp: [
    (grad, { inputs: [a, b], attrs: { transposeA, transposeB } }) =>
      sumTo(transposeA ? product(b, grad, transposeB, true) : product(grad, b, false, !transposeB), a.shape),
    (grad, { inputs: [a, b], attrs: { transposeA, transposeB } }) =>
      sumTo(transposeB ? product(grad, a, true, transposeA) : product(a, grad, !transposeA, false), b.shape),
  ],
  jvp: [
    (tangent, { inputs: [, b], attrs }) => apply(matmulOp, [tangent, b], attrs),
    (tangent, { inputs: [a], attrs }) => apply(matmulOp, [a, tangent], attrs),
  ],
};

function product(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
  return apply(matmulOp, [a, b], { transposeA, transposeB });
}

/**
 * Matrix product, $C_{ij} = \sum_k A_{ik} B_{kj}$, over the last two axes; leading axes are batches and broadcast. A vector on the left is a
 * row, on the right a column, and its axis is dropped from the result, as in NumPy.
 *
 * @param a - `[..., m, k]` (`[..., k, m]` with `transposeA`), or `[k]`
 * @param b - `[..., k, n]` (`[..., n, k]` with `transposeB`), or `[k]`
 * @returns `[..., m, n]`
 * @throws {@link ShapeError} when the inner dimensions differ or the batches do not broadcast
 * @throws {@link DTypeError} unless both have one float dtype
 * @example
 * await matmul(tensor([[1, 2], [3, 4]]), tensor([[1], [1]])).array() // [[3], [7]]
 */
export function matmul(a: Tensor, b: Tensor, options: MatmulOptions = {}): Tensor {
  const { transposeA = false, transposeB = false } = options;
  const row = a.rank === 1;
  const column = b.rank === 1;
  if (!row && !column) return product(a, b, transposeA, transposeB);
  const left = row ? reshape(a, [1, a.size]) : a;
  const right = column ? reshape(b, [b.size, 1]) : b;
  const full = product(left, right, row ? false : transposeA, column ? false : transposeB);
  const shape = full.shape.filter((_, axis) => !(row && axis === full.rank - 2) && !(column && axis === full.rank - 1));
  return reshape(full, shape);
}
