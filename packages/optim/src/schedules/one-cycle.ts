import { ArgumentError } from '@dl/kernels';
import { checkNotNegative } from '../check-hyper.ts';
import { checkFactor, checkSteps } from './check-schedule.ts';
import type { Schedule } from './schedule.ts';

/** Options of {@link oneCycle}. */
export interface OneCycleOptions {
  /** Steps of the cycle; there is no schedule after them. */
  readonly totalSteps: number;
  /** The share of the steps that goes up. Default 0.3. */
  readonly pctStart?: number | undefined;
  /** Whether it moves along a cosine or a straight line. Default `'cos'`. */
  readonly annealStrategy?: 'cos' | 'linear' | undefined;
  /** The first rate is the highest divided by this. Default 25. */
  readonly divFactor?: number | undefined;
  /** The last rate is the first divided by this. Default 1e4. */
  readonly finalDivFactor?: number | undefined;
  /** Whether it comes down as it went up before it goes to the end. Default `false`. */
  readonly threePhase?: boolean | undefined;
}

/**
 * One cycle, as a share of its highest rate: up from $1 / d$ to 1, then down to $1 / (d f)$.
 *
 * @throws {@link ArgumentError} for an option outside its domain, and from the schedule for a step past `totalSteps`
 * @see Smith & Topin, Super-convergence: very fast training of neural networks using large learning rates, 2018
 * @example
 * const schedule = oneCycle({ totalSteps: 5, pctStart: 0.6, annealStrategy: 'linear', divFactor: 4 });
 * [0, 1, 2].map(schedule) // [0.25, 0.625, 1]
 */
export function oneCycle(options: OneCycleOptions): Schedule {
  const { divFactor = 25, finalDivFactor = 1e4 } = options;
  checkNotNegative('oneCycle', 'divFactor', divFactor);
  checkNotNegative('oneCycle', 'finalDivFactor', finalDivFactor);
  return cycleBetween(1 / divFactor, 1, 1 / (divFactor * finalDivFactor), options);
}

/**
 * The cycle between any two values: what {@link OneCycleLR} moves the momentum along, too.
 *
 * @throws {@link ArgumentError} for an option outside its domain
 */
export function cycleBetween(
  start: number,
  peak: number,
  end: number,
  { totalSteps, pctStart = 0.3, annealStrategy = 'cos', threePhase = false }: OneCycleOptions,
): (step: number) => number {
  checkSteps('oneCycle', 'totalSteps', totalSteps);
  checkFactor('oneCycle', 'pctStart', pctStart);
  // PyTorch's phases: the first step of the cycle is 0, so each phase ends one step early.
  const turns = [
    { at: 0, value: start },
    { at: pctStart * totalSteps - 1, value: peak },
    ...(threePhase ? [{ at: 2 * pctStart * totalSteps - 2, value: start }] : []),
    { at: totalSteps - 1, value: end },
  ];
  return (step) => {
    if (step > totalSteps) throw new ArgumentError('oneCycle', `there must be at most ${totalSteps} steps, got ${step}`);
    const next = turns.findIndex(({ at }, i) => i > 0 && (step <= at || i === turns.length - 1));
    const [from, to] = [turns[next - 1], turns[next]];
    const share = to.at === from.at ? 1 : (step - from.at) / (to.at - from.at);
    const way = annealStrategy === 'cos' ? (1 - Math.cos(Math.PI * share)) / 2 : share;
    return from.value + (to.value - from.value) * way;
  };
}
