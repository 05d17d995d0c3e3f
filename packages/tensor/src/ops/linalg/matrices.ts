import { formatShape, ShapeError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { add } from '../arithmetic/add.ts';
import { mul } from '../arithmetic/mul.ts';
import { slice } from '../layout/slice.ts';
import { transpose } from '../layout/transpose.ts';
import { tril } from '../layout/tril.ts';

/**
 * Refuses what is not a matrix of floats, or a batch of them.
 *
 * @throws {@link ShapeError} for less than two axes
 * @throws {@link DTypeError} for integers and bool
 */
export function checkMatrix(op: string, x: Tensor): void {
  checkFloat(op, x.dtype);
  if (x.rank < 2) throw new ShapeError(op, `x must be [..., m, n], got ${formatShape(x.shape)}`);
}

/**
 * As {@link checkMatrix}, for square matrices.
 *
 * @throws {@link ShapeError} for unequal last axes, too
 */
export function checkSquare(op: string, x: Tensor): void {
  checkMatrix(op, x);
  const [rows, columns] = x.shape.slice(-2);
  if (rows !== columns) throw new ShapeError(op, `matrices must be square, got ${formatShape(x.shape)}`);
}

/** Rows `from` up to `to` of each matrix. */
export function rowsOf(x: Tensor, from: number, to: number): Tensor {
  return slice(x, [...x.shape.slice(0, -2).map(() => null), [from, to]]);
}

/** $(X + X^\top) / 2$. */
export function symmetric(x: Tensor): Tensor {
  return mul(add(x, transpose(x)), 0.5);
}

/** The lower triangle with half the diagonal. */
export function halfLower(x: Tensor): Tensor {
  return mul(add(tril(x), tril(x, -1)), 0.5);
}
