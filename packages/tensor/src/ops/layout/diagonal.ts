import { normalizeAxis, ShapeError } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { permute } from './permute.ts';
import { reshape } from './reshape.ts';
import { slice } from './slice.ts';

/** Options of {@link diagonal}. */
export interface DiagonalOptions {
  /** 0 is the main diagonal, positive ones lie above it, negative ones below. Default 0. */
  readonly offset?: number | undefined;
  /** The axis that counts rows. Default 0. */
  readonly axis0?: number | undefined;
  /** The axis that counts columns. Default 1. */
  readonly axis1?: number | undefined;
}

/**
 * A diagonal of a matrix, or of every matrix that two axes of `x` span: $y_{\dots,i} = x_{i,\,i + \text{offset},\,\dots}$.
 *
 * @param x - at least two axes
 * @returns the other axes of `x`, then the diagonal; empty where there is none
 * @throws {@link ShapeError} for an axis out of range, or twice the same
 * @example
 * await diagonal(tensor([[1, 2, 3], [4, 5, 6]])).data() // Float32Array [1, 5]
 * await diagonal(tensor([[1, 2, 3], [4, 5, 6]]), { offset: 1 }).data() // Float32Array [2, 6]
 */
export function diagonal(x: Tensor, options: DiagonalOptions = {}): Tensor {
  const { offset = 0, axis0 = 0, axis1 = 1 } = options;
  const rowAxis = normalizeAxis('diagonal', axis0, x.rank);
  const columnAxis = normalizeAxis('diagonal', axis1, x.rank);
  if (rowAxis === columnAxis) throw new ShapeError('diagonal', `axes must be distinct, got ${axis0} and ${axis1}`);
  const others = x.shape.map((_, axis) => axis).filter((axis) => axis !== rowAxis && axis !== columnAxis);
  const [rows, columns] = [x.shape[rowAxis], x.shape[columnAxis]];
  const lead = others.map((axis) => x.shape[axis]);
  // In a row-major matrix the next element of a diagonal is one row and one column on.
  const flat = reshape(permute(x, [...others, rowAxis, columnAxis]), [...lead, rows * columns]);
  const start = offset >= 0 ? offset : -offset * columns;
  const count = offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns);
  const range = count > 0 ? ([start, start + (count - 1) * (columns + 1) + 1, columns + 1] as const) : ([0, 0] as const);
  return slice(flat, [...lead.map(() => null), range]);
}
