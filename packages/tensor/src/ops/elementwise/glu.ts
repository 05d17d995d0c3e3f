import { formatShape, normalizeAxis, ShapeError } from '@dl/kernels';
import { checkFloat } from '../../core/check-dtype.ts';
import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { chunk } from '../layout/chunk.ts';
import { sigmoid } from './sigmoid.ts';

/**
 * Gated linear unit, $y = a \, \sigma(b)$, where $a$ and $b$ are the halves of the input along an axis.
 *
 * @param x - any shape with an even extent at the axis, float
 * @param axis - negative ones count from the end. Default: the last
 * @returns `x` with half the extent at the axis
 * @throws {@link DTypeError} for integers and bool
 * @throws {@link ShapeError} for an axis out of range, or of an odd extent
 * @example
 * await glu(tensor([3, 5, 0, 100])).data() // Float32Array [1.5, 5]
 * @see Dauphin, Fan, Auli & Grangier, Language modeling with gated convolutional networks, 2017
 */
export function glu(x: Tensor, axis = -1): Tensor {
  checkFloat('glu', x.dtype);
  const along = normalizeAxis('glu', axis, x.rank);
  if (x.shape[along] % 2 !== 0) {
    throw new ShapeError('glu', `the extent at axis ${along} must be even, got ${x.shape[along]} (x ${formatShape(x.shape)})`);
  }
  const [a, b] = chunk(x, 2, along);
  return mul(a, sigmoid(b));
}
