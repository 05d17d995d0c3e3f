import { ArgumentError } from '@dl/kernels';

/** Pairs, what a model makes of them, and how they are dealt to folds. */
export interface VerificationPairs {
  /** How far apart the two of each pair are. */
  readonly distances: ArrayLike<number>;
  /** 1 where both are the same, else 0, as {@link LfwPairDataset.labels}. */
  readonly labels: ArrayLike<number>;
  /** Index of the fold by pair, as {@link LfwPairDataset.folds}. */
  readonly folds: ArrayLike<number>;
}

/** What {@link verificationAccuracy} finds. */
export interface VerificationAccuracy {
  /** Mean of the folds' accuracies, $\hat\mu$. */
  readonly mean: number;
  /** Standard error of the mean, $S_E$. */
  readonly standardError: number;
  /** By fold. */
  readonly accuracies: readonly number[];
  /** By fold: pairs that are no further apart are called the same. */
  readonly thresholds: readonly number[];
}

const op = 'verificationAccuracy';

/**
 * The protocol of Labeled Faces in the Wild: each fold is judged by the threshold that does best on all others, and
 *
 * $$\hat\mu = \frac{1}{k} \sum_i p_i, \qquad S_E = \frac{\hat\sigma}{\sqrt{k}}, \qquad \hat\sigma^2 = \frac{1}{k - 1} \sum_i (p_i - \hat\mu)^2.$$
 *
 * A threshold lies halfway between two distances; of several that do equally well, it is the smallest.
 *
 * @throws {@link ArgumentError} when there are less than two folds, one is empty, or the lists differ in length or have other numbers
 * @example
 * const found = verificationAccuracy({ distances: [1, 4, 2, 6, 1, 3], labels: [1, 0, 1, 0, 1, 1], folds: [0, 0, 1, 1, 2, 2] });
 * found.thresholds // [4.5, 3.5, 3]
 * found.accuracies // [0.5, 1, 1]
 * @see Huang & Learned-Miller, Labeled Faces in the Wild: updates and new reporting procedures, 2014
 */
export function verificationAccuracy(pairs: VerificationPairs): VerificationAccuracy {
  const { distances, labels, folds } = pairs;
  const count = checkPairs(pairs);
  const order = Array.from(distances, (_, i) => i).sort((a, b) => distances[a] - distances[b]);
  const thresholds = Array.from({ length: count }, (_, fold) => {
    const others = order.filter((i) => folds[i] !== fold);
    return bestThreshold(
      others.map((i) => distances[i]),
      others.map((i) => labels[i]),
    );
  });
  const right = new Float64Array(count);
  const total = new Float64Array(count);
  for (let i = 0; i < distances.length; i++) {
    const fold = folds[i];
    total[fold]++;
    if (distances[i] <= thresholds[fold] === (labels[i] === 1)) right[fold]++;
  }
  const accuracies = Array.from(right, (hits, fold) => hits / total[fold]);
  const mean = accuracies.reduce((sum, accuracy) => sum + accuracy, 0) / count;
  const variance = accuracies.reduce((sum, accuracy) => sum + (accuracy - mean) ** 2, 0) / (count - 1);
  return { mean, standardError: Math.sqrt(variance / count), accuracies, thresholds };
}

/** @param distances - the smallest first */
function bestThreshold(distances: readonly number[], labels: readonly number[]): number {
  // Below every distance all are called different.
  let right = labels.filter((label) => label === 0).length;
  let most = right;
  let best = -Infinity;
  distances.forEach((distance, i) => {
    right += labels[i] === 1 ? 1 : -1;
    const next = distances[i + 1] ?? Infinity;
    if (right <= most || next === distance) return;
    most = right;
    best = next === Infinity ? distance : (distance + next) / 2;
  });
  return best;
}

/** The number of folds, each of which has pairs. */
function checkPairs({ distances, labels, folds }: VerificationPairs): number {
  if (labels.length !== distances.length || folds.length !== distances.length) {
    throw new ArgumentError(
      op,
      `there must be a label and a fold for each distance, got ${labels.length} and ${folds.length} for ${distances.length}`,
    );
  }
  const isBad = (i: number): boolean => Number.isNaN(distances[i]) || (labels[i] !== 0 && labels[i] !== 1);
  const bad = Array.from(distances, (_, i) => i).find(isBad);
  if (bad !== undefined) {
    throw new ArgumentError(
      op,
      `distances must be numbers and labels 0 or 1, got ${distances[bad]} and ${labels[bad]} (pair ${bad})`,
    );
  }
  const used = new Set(Array.from(folds));
  const isWhole = Array.from({ length: used.size }, (_, fold) => fold).every((fold) => used.has(fold));
  if (used.size < 2 || !isWhole) {
    throw new ArgumentError(
      op,
      `folds must be numbered from 0 without a gap, two or more, got ${[...used].slice(0, 12).join(', ')}`,
    );
  }
  return used.size;
}
