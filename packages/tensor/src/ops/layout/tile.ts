import { ArgumentError, formatShape } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { expandTo } from './expand.ts';
import { reshape } from './reshape.ts';

/**
 * Repeats the whole tensor along its axes, side by side: $y_i = x_{i \bmod n}$.
 *
 * @param x - any shape
 * @param repeats - how often along each axis, aligned at the last one; more numbers than axes put axes in front
 * @throws {@link ArgumentError} for a number that is no non-negative integer
 * @example
 * await tile(tensor([1, 2]), [2]).array() // [1, 2, 1, 2]
 * await tile(tensor([1, 2]), [2, 1]).array() // [[1, 2], [1, 2]]
 */
export function tile(x: Tensor, repeats: readonly number[]): Tensor {
  if (!repeats.every((times) => Number.isInteger(times) && times >= 0)) {
    throw new ArgumentError('tile', `repeats must be non-negative integers, got ${formatShape(repeats)}`);
  }
  const rank = Math.max(x.rank, repeats.length);
  const shape = [...new Array<number>(rank - x.rank).fill(1), ...x.shape];
  const times = [...new Array<number>(rank - repeats.length).fill(1), ...repeats];
  const spread = expandTo(
    reshape(
      x,
      shape.flatMap((extent) => [1, extent]),
    ),
    shape.flatMap((extent, axis) => [times[axis], extent]),
  );
  return reshape(
    spread,
    shape.map((extent, axis) => extent * times[axis]),
  );
}
