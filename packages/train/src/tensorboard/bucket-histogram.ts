import type { BucketHistogram } from './event.ts';

/**
 * Counts values in the buckets that TensorFlow, Keras and PyTorch give TensorBoard: their ends are $0$ and $\pm 10^{-12} \cdot 1.1^k$ up to
 * $10^{20}$, so each is ten percent wide at any scale. Runs of empty buckets are joined. NaN and infinities are left out.
 *
 * @example
 * bucketHistogram([1, 1, -2, 0]).count // 4
 * bucketHistogram([1, 1, -2, 0]).counts // [0, 1, 0, 1, 0, 2]
 * @see https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/lib/histogram/histogram.cc
 */
export function bucketHistogram(values: ArrayLike<number>): BucketHistogram {
  limits ??= defaultLimits();
  const counts = new Float64Array(limits.length);
  let [min, max, count, sum, sumSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count++;
    sum += value;
    sumSquares += value * value;
    counts[bucketOf(limits, value)]++;
  }
  if (count === 0) return { min: 0, max: 0, count, sum, sumSquares, limits: [Number.MAX_VALUE], counts: [0] };
  return { min, max, count, sum, sumSquares, ...joinEmpty(limits, counts) };
}

let limits: Float64Array | undefined;

function defaultLimits(): Float64Array {
  const positive: number[] = [];
  for (let limit = 1e-12; limit < 1e20; limit *= 1.1) positive.push(limit);
  positive.push(Number.MAX_VALUE);
  return Float64Array.from([...positive.map((limit) => -limit).reverse(), 0, ...positive]);
}

/** The first whose limit is above the value. */
function bucketOf(ends: Float64Array, value: number): number {
  let [low, high] = [0, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A bucket for each run of empty ones, and none after the last value. */
function joinEmpty(ends: Float64Array, counts: Float64Array): Pick<BucketHistogram, 'limits' | 'counts'> {
  const last = counts.findLastIndex((count) => count > 0);
  const kept = Array.from(counts.keys()).filter((i) => i <= last && (counts[i] > 0 || counts[i + 1] > 0));
  return { limits: kept.map((i) => ends[i]), counts: kept.map((i) => counts[i]) };
}
