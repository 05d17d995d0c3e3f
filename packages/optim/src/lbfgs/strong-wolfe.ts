import { cubicInterpolate, type LinePoint } from './cubic-interpolate.ts';

/** Numbers of {@link strongWolfe}. */
export interface StrongWolfeOptions {
  /** How much of the promised descent a step must keep. */
  readonly c1?: number;
  /** How much of the slope may be left. */
  readonly c2?: number;
  /** A bracket that moves no element by more than this is not searched. */
  readonly toleranceChange: number;
  /** The largest element of the direction. */
  readonly directionNorm: number;
  /** How often the function is evaluated after the first time. */
  readonly maxSearch?: number;
}

/**
 * Searches a line for a step that fulfils the strong Wolfe conditions: brackets one, then narrows the bracket down by cubic interpolation.
 * It takes the decisions of PyTorch's search.
 *
 * @param start - the function at 0, with a negative slope
 * @param first - the step to try first
 * @param evaluate - the function at a step
 * @returns a point that was evaluated, or `start`
 * @see Nocedal & Wright, Numerical optimization, 2006, algorithms 3.5 and 3.6
 */
export async function strongWolfe<Point extends LinePoint>(
  start: Point,
  first: number,
  evaluate: (t: number) => Promise<Point>,
  options: StrongWolfeOptions,
): Promise<Point> {
  const { c1 = 1e-4, c2 = 0.9, toleranceChange, directionNorm, maxSearch = 25 } = options;
  const tooHigh = ({ t, loss }: Point): boolean => loss > start.loss + c1 * t * start.slope;
  const isFlat = ({ slope }: Point): boolean => Math.abs(slope) <= -c2 * start.slope;

  let [last, now] = [start, await evaluate(first)];
  let searched = 0;
  for (; ; searched++) {
    if (searched === maxSearch) {
      last = start;
      break;
    }
    if (tooHigh(now) || (searched > 1 && now.loss >= last.loss)) break;
    if (isFlat(now)) return now;
    if (now.slope >= 0) break;
    const next = cubicInterpolate(last, now, [now.t + 0.01 * (now.t - last.t), now.t * 10]);
    last = now;
    now = await evaluate(next);
  }

  let [low, high] = last.loss <= now.loss ? [last, now] : [now, last];
  let hasStalled = false;
  for (; searched < maxSearch; searched++) {
    if (Math.abs(high.t - low.t) * directionNorm < toleranceChange) break;
    const trial = awayFromEnds(cubicInterpolate(low, high), low.t, high.t, hasStalled);
    hasStalled = trial.hasStalled;
    const point = await evaluate(trial.t);
    if (tooHigh(point) || point.loss >= low.loss) {
      [low, high] = low.loss <= point.loss ? [low, point] : [point, low];
      continue;
    }
    if (isFlat(point)) return point;
    if (point.slope * (high.t - low.t) >= 0) high = low;
    low = point;
  }
  return low;
}

/** A trial that comes too near an end of the bracket twice running is moved a tenth into it. */
function awayFromEnds(t: number, a: number, b: number, hasStalled: boolean): { t: number; hasStalled: boolean } {
  const [least, most] = [Math.min(a, b), Math.max(a, b)];
  const margin = 0.1 * (most - least);
  if (Math.min(most - t, t - least) >= margin) return { t, hasStalled: false };
  if (!hasStalled && t < most && t > least) return { t, hasStalled: true };
  return { t: Math.abs(t - most) < Math.abs(t - least) ? most - margin : least + margin, hasStalled: false };
}
