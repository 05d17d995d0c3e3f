import { checkNotNegative } from '../check-hyper.ts';
import { checkSteps } from './check-schedule.ts';
import { geometricOrder, type Schedule, withDecayOrder } from './schedule.ts';

/** Options of {@link cyclic}. */
export interface CyclicOptions {
  /** Steps from the bottom to the top. Default 2000. */
  readonly stepSizeUp?: number | undefined;
  /** Steps from the top to the bottom. Default: as many. */
  readonly stepSizeDown?: number | undefined;
  /** Whether tops stay, halve with every cycle, or fall as $\gamma^t$. Default `'triangular'`. */
  readonly mode?: 'triangular' | 'triangular2' | 'expRange' | undefined;
  /** $\gamma$ of `'expRange'`. Default 1. */
  readonly gamma?: number | undefined;
  /** The bottom, as a share of the first top. Default 0. */
  readonly base?: number | undefined;
}

/**
 * Triangles between a bottom and a top, as a share of the first top.
 *
 * @throws {@link ArgumentError} for an option outside its domain
 * @see Smith, Cyclical learning rates for training neural networks, 2017
 * @example
 * [0, 1, 2, 3, 4].map(cyclic({ stepSizeUp: 2, base: 0.5 })) // [0.5, 0.75, 1, 0.75, 0.5]
 */
export function cyclic({
  stepSizeUp = 2000,
  stepSizeDown = stepSizeUp,
  mode = 'triangular',
  gamma = 1,
  base = 0,
}: CyclicOptions = {}): Schedule {
  checkSteps('cyclic', 'stepSizeUp', stepSizeUp);
  checkSteps('cyclic', 'stepSizeDown', stepSizeDown);
  checkNotNegative('cyclic', 'gamma', gamma);
  checkNotNegative('cyclic', 'base', base);
  const size = stepSizeUp + stepSizeDown;
  const heights = {
    triangular: () => 1,
    triangular2: (step: number) => 0.5 ** Math.floor(step / size),
    expRange: (step: number) => gamma ** step,
  };
  const order = { triangular: 0, triangular2: Number.POSITIVE_INFINITY, expRange: geometricOrder(gamma) }[mode];
  return withDecayOrder(
    (step) => {
      const at = step % size;
      const share = at <= stepSizeUp ? at / stepSizeUp : (size - at) / stepSizeDown;
      return base + (1 - base) * share * heights[mode](step);
    },
    base > 0 ? Math.min(order, 0) : order,
  );
}
