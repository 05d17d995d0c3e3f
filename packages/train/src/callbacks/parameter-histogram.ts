import { ArgumentError } from '@dl/kernels';

/** How the elements of an array are spread. NaN and infinities are counted apart, and are in no other figure. */
export interface Histogram {
  /** Of the bins, one more than there are of them. */
  readonly edges: readonly number[];
  /** Elements from an edge to below the next; the last bin has its upper edge too. */
  readonly counts: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Standard deviation, of the population. */
  readonly std: number;
  /** Square root of the sum of squares. */
  readonly norm: number;
  /** How many elements are NaN or infinite. */
  readonly nonFinite: number;
}

/** The histogram of a parameter, or of its gradient, in the last step of an epoch. */
export interface ParameterHistogram extends Histogram {
  readonly epoch: number;
  /** As in a state dict: `conv1.weight`. */
  readonly name: string;
  readonly of: 'weights' | 'gradients';
}

/**
 * The histogram of some numbers, in bins of one width from the least to the greatest.
 *
 * @throws {@link ArgumentError} unless `bins` is a positive integer
 * @example
 * const { counts, edges, mean } = histogramOf([0, 1, 1, 4], 2);
 * counts // [3, 1]
 * edges // [0, 2, 4]
 * mean // 1.5
 */
export function histogramOf(values: ArrayLike<number>, bins: number): Histogram {
  if (!Number.isInteger(bins) || bins < 1) throw new ArgumentError('histogramOf', `bins must be a positive integer, got ${bins}`);
  const { count, min, max, sum, squares } = momentsOf(values);
  // As NumPy does, where all are one number.
  const [low, high] = min === max ? [min - 0.5, max + 0.5] : [min, max];
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) counts[Math.min(bins - 1, Math.floor(((values[i] - low) / (high - low)) * bins))]++;
  }
  const mean = count === 0 ? 0 : sum / count;
  return {
    edges: Array.from({ length: bins + 1 }, (_, i) => low + ((high - low) * i) / bins),
    counts,
    min,
    max,
    mean,
    std: count === 0 ? 0 : Math.sqrt(Math.max(0, squares / count - mean * mean)),
    norm: Math.sqrt(squares),
    nonFinite: values.length - count,
  };
}

interface Moments {
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly squares: number;
}

function momentsOf(values: ArrayLike<number>): Moments {
  let [count, sum, squares] = [0, 0, 0];
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    count++;
    sum += value;
    squares += value * value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return count === 0 ? { count, min: 0, max: 0, sum, squares } : { count, min, max, sum, squares };
}
