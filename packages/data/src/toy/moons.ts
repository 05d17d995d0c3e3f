import { type LabelledPoints, labelledPoints, takeTurns } from './labelled-points.ts';
import type { ToyOptions } from './toy-options.ts';

/**
 * Two half circles that reach into each other: class 0 at $(\cos t, \sin t)$, class 1 at $(1 - \cos t, \tfrac12 - \sin t)$,
 * $t \in [0, \pi]$. No straight line parts them.
 *
 * @returns x float32 `[n, 2]`, y int32 `[n]`
 * @throws ArgumentError for an option out of its range
 * @example
 * moons({ n: 4 }).get(1).x.data // Float32Array [0, 0.5]
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_moons.html
 */
export function moons(options: ToyOptions = {}): LabelledPoints {
  return labelledPoints('moons', options, (index, n) => {
    const { label, along } = takeTurns(index, n, 2);
    const cos = Math.cos(Math.PI * along);
    const sin = Math.sin(Math.PI * along);
    return { label, at: label === 0 ? [cos, sin] : [1 - cos, 0.5 - sin] };
  });
}
