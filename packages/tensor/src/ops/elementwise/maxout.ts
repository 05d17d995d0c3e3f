import { ArgumentError, formatShape, normalizeAxis, ShapeError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { reshape } from '../layout/reshape.ts';
import { max } from '../reduce/max.ts';

/** Options of {@link maxout}. */
export interface MaxoutOptions {
  /** Of the channels; negative ones count from the end. Default 1. */
  readonly axis?: number | undefined;
}

/**
 * Maxout: the maximum over groups of neighbouring channels, $y_j = \max_{i < k} x_{j k + i}$, so a max pooling over depth. With filters that are
 * rotated copies of each other, the result does not change when the input turns. Channels that tie share the gradient evenly.
 *
 * @param x - any shape with the axis, float
 * @param pieces - $k$, the channels in a group
 * @returns `x` with the extent at the axis divided by `pieces`
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ArgumentError} unless `pieces` is a positive integer
 * @throws {@link ShapeError} for an axis out of range, or that does not fall into groups
 * @example
 * await maxout(tensor([[1, 5, 2, -3]]), 2).array() // [[5, 2]]
 * @see Goodfellow, Warde-Farley, Mirza, Courville & Bengio, Maxout networks, 2013
 */
export function maxout(x: Tensor, pieces: number, { axis = 1 }: MaxoutOptions = {}): Tensor {
  checkFloat('maxout', x.dtype);
  if (!Number.isInteger(pieces) || pieces < 1) {
    throw new ArgumentError('maxout', `pieces must be a positive integer, got ${pieces}`);
  }
  const along = normalizeAxis('maxout', axis, x.rank);
  const extent = x.shape[along];
  if (extent % pieces !== 0) {
    throw new ShapeError('maxout', `pieces must divide the extent at axis ${along}, got ${pieces} (x ${formatShape(x.shape)})`);
  }
  return max(reshape(x, x.shape.toSpliced(along, 1, extent / pieces, pieces)), along + 1);
}
