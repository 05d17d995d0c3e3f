import { type LabelledPoints, labelledPoints } from './labelled-points.ts';
import type { ToyOptions } from './toy-options.ts';

/**
 * Points of the square $[-1, 1)^2$: class 1 where exactly one coordinate is positive, else class 0. Noise moves a point after it got its
 * class.
 *
 * @returns x float32 `[n, 2]`, y int32 `[n]`
 * @throws ArgumentError for an option out of its range
 * @example
 * const { x, y } = xor({ n: 50, seed: 1 }).get(7);
 * y.data[0] === Number(x.data[0] > 0 !== x.data[1] > 0) // true
 * @see Minsky & Papert, Perceptrons, 1969
 */
export function xor(options: ToyOptions = {}): LabelledPoints {
  return labelledPoints('xor', options, (_, __, random) => {
    const at = [random.uniform(-1, 1), random.uniform(-1, 1)] as const;
    return { at, label: Number(at[0] > 0 !== at[1] > 0) };
  });
}
