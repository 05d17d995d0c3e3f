import { ArgumentError } from '@dl/kernels';
import { type LabelledPoints, labelledPoints, takeTurns } from './labelled-points.ts';
import type { ToyOptions } from './toy-options.ts';

/** Options of {@link circles}. */
export interface CirclesOptions extends ToyOptions {
  /** Radius of the inner ring, in (0, 1). Default 0.8. */
  readonly factor?: number | undefined;
}

/**
 * A ring inside a ring: class 0 on the unit circle, class 1 on one of radius `factor`. Linear in $x_1^2 + x_2^2$ alone.
 *
 * @returns x float32 `[n, 2]`, y int32 `[n]`
 * @throws ArgumentError for an option out of its range
 * @example
 * circles({ n: 10, factor: 0.5 }).get(1).x.data // Float32Array [0.5, 0]
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.datasets.make_circles.html
 */
export function circles(options: CirclesOptions = {}): LabelledPoints {
  const { factor = 0.8 } = options;
  if (!(factor > 0 && factor < 1)) throw new ArgumentError('circles', `factor must be in (0, 1), got ${factor}`);
  return labelledPoints('circles', options, (index, n) => {
    const { label } = takeTurns(index, n, 2);
    const count = Math.ceil((n - label) / 2);
    const angle = (2 * Math.PI * Math.floor(index / 2)) / count;
    const radius = label === 0 ? 1 : factor;
    return { label, at: [radius * Math.cos(angle), radius * Math.sin(angle)] };
  });
}
