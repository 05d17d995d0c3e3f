import type { Tensor } from '../../core/tensor.ts';
import { mul } from '../arithmetic/mul.ts';
import { onesLike } from '../create/ones-like.ts';
import { concat } from '../layout/concat.ts';
import { pad } from '../layout/pad.ts';
import { slice } from '../layout/slice.ts';

/**
 * Along an axis, the product of all other elements, $y_i = \prod_{j \ne i} x_j$, without division.
 *
 * By halves: multiplied with each other they have the same problem at half the size, whose answer lacks just the partner. That is
 * $O(n)$ multiplications in $O(\log n)$ ops.
 *
 * @see Blelloch, Prefix sums and their applications, 1990, whose sweeps these are
 */
export function exclusiveProd(x: Tensor, axis: number): Tensor {
  const extent = x.shape[axis];
  if (extent <= 1) return onesLike(x);
  const half = Math.ceil(extent / 2);
  const low = part(x, axis, 0, half);
  const upper = part(x, axis, half, extent);
  const high =
    upper.shape[axis] < half
      ? pad(
          upper,
          x.shape.map((_, at) => [0, at === axis ? 1 : 0]),
          { value: 1 },
        )
      : upper;
  const others = exclusiveProd(mul(low, high), axis);
  return part(concat([mul(others, high), mul(others, low)], axis), axis, 0, extent);
}

function part(x: Tensor, axis: number, start: number, end: number): Tensor {
  return slice(
    x,
    x.shape.map((_, at) => (at === axis ? [start, end] : null)),
  );
}
