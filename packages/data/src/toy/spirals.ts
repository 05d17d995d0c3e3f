import { ArgumentError } from '@dl/kernels';
import { type LabelledPoints, labelledPoints, takeTurns } from './labelled-points.ts';
import { checkCount, type ToyOptions } from './toy-options.ts';

/** Options of {@link spirals}. */
export interface SpiralsOptions extends ToyOptions {
  /** How many arms, a class each. Default 2. */
  readonly arms?: number | undefined;
  /** How often an arm winds about the middle. Default 1.5. */
  readonly turns?: number | undefined;
}

/**
 * Arms that wind about the origin: arm $k$ of $K$ at $s\,(\cos\theta, \sin\theta)$ with $\theta = 2\pi(\text{turns} \cdot s + k / K)$,
 * $s \in [0, 1]$.
 *
 * @returns x float32 `[n, 2]`, y int32 `[n]`
 * @throws ArgumentError for an option out of its range
 * @example
 * const arms = spirals({ n: 300, arms: 3, noise: 0.02, seed: 1 });
 * arms.get(299).y.data // Int32Array [2]
 * @see Lang & Witbrock, Learning to tell two spirals apart, 1988
 */
export function spirals(options: SpiralsOptions = {}): LabelledPoints {
  const { arms = 2, turns = 1.5 } = options;
  checkCount('spirals', 'arms', arms, 1);
  if (!Number.isFinite(turns)) throw new ArgumentError('spirals', `turns must be finite, got ${turns}`);
  return labelledPoints('spirals', options, (index, n) => {
    const { label, along } = takeTurns(index, n, arms);
    const angle = 2 * Math.PI * (turns * along + label / arms);
    return { label, at: [along * Math.cos(angle), along * Math.sin(angle)] };
  });
}
