import { ArgumentError, normalizeAxes, normalizeAxis } from '@dl/kernels';
import type { Tensor } from '../../core/tensor.ts';
import { concat } from './concat.ts';
import { slice } from './slice.ts';

/**
 * Shifts the elements along axes; what leaves at one end comes back at the other: $y_i = x_{(i - s) \bmod n}$.
 *
 * @param x - any shape but a scalar
 * @param shifts - one an axis; positive ones move towards the end
 * @param axes - one axis or several
 * @throws {@link ArgumentError} for another number of shifts than axes, or a shift that is no integer
 * @throws {@link ShapeError} for an axis out of range or named twice
 * @example
 * await roll(tensor([1, 2, 3, 4]), 1, 0).data() // Float32Array [4, 1, 2, 3]
 */
export function roll(x: Tensor, shifts: number | readonly number[], axes: number | readonly number[]): Tensor {
  const amounts = typeof shifts === 'number' ? [shifts] : shifts;
  const places = typeof axes === 'number' ? [axes] : axes;
  if (amounts.length !== places.length || !amounts.every(Number.isInteger)) {
    throw new ArgumentError(
      'roll',
      `shifts must be one integer an axis, got [${amounts.join(', ')}] for axes [${places.join(', ')}]`,
    );
  }
  normalizeAxes('roll', places, x.rank);
  return places.reduce((rolled, axis, i) => rollAxis(rolled, amounts[i], normalizeAxis('roll', axis, x.rank)), x);
}

function rollAxis(x: Tensor, shift: number, axis: number): Tensor {
  const extent = x.shape[axis];
  const start = extent === 0 ? 0 : (extent - (shift % extent)) % extent;
  if (start === 0) return x;
  const part = (from: number, to: number): Tensor =>
    slice(
      x,
      x.shape.map((_, at) => (at === axis ? [from, to] : null)),
    );
  return concat([part(start, extent), part(0, start)], axis);
}
