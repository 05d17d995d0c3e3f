import { formatShape, type Shape, ShapeError } from '@dl/kernels';

/**
 * Rows and columns.
 *
 * @throws {@link ShapeError} for another number of axes than two
 */
export function matrixShape(op: string, shape: Shape): readonly [rows: number, columns: number] {
  if (shape.length !== 2) throw new ShapeError(op, `the shape must be [rows, columns], got ${formatShape(shape)}`);
  return [shape[0], shape[1]];
}
