import { ShapeError } from '@dl/kernels';

/** A receiver operating characteristic, from the strictest threshold to the most lenient. */
export interface Roc {
  /** What scores must reach to be taken for positive: infinity, then every score that comes, falling. */
  readonly thresholds: Float64Array;
  /** The share of the negatives that are taken for positive. */
  readonly falsePositiveRate: Float64Array;
  /** The share of the positives that are. */
  readonly truePositiveRate: Float64Array;
  /** The area under the curve: the probability that a positive has a higher score than a negative, ties counting one half. */
  readonly auc: number;
  /** The rate at which as many negatives are taken for positive as positives for negative, between points on the line that joins them. */
  readonly equalErrorRate: number;
}

/**
 * The receiver operating characteristic of scores, such as the similarities of a verification; {@link RocCurve} gathers one batch by batch.
 *
 * @param scores - the higher, the more probably positive
 * @param labels - not zero for positive
 * @returns rates, area and equal error rate are NaN where there are no positives or no negatives
 * @throws {@link ShapeError} unless there is a label for each score
 * @example
 * const { auc, equalErrorRate } = roc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
 * [auc, equalErrorRate] // [0.75, 0.5]
 * @see Fawcett, An introduction to ROC analysis, 2006
 */
export function roc(scores: ArrayLike<number>, labels: ArrayLike<number>): Roc {
  const steps = stepsOf('roc', scores, labels);
  const last = steps[steps.length - 1];
  const falsePositiveRate = Float64Array.from(steps, ({ fp }) => fp / last.fp);
  const truePositiveRate = Float64Array.from(steps, ({ tp }) => tp / last.tp);
  return {
    thresholds: Float64Array.from(steps, ({ threshold }) => threshold),
    falsePositiveRate,
    truePositiveRate,
    auc: areaUnder(falsePositiveRate, truePositiveRate),
    equalErrorRate: crossing(falsePositiveRate, truePositiveRate),
  };
}

/** How many negatives (fp) and positives (tp) reach a threshold. */
export interface Step {
  readonly threshold: number;
  readonly tp: number;
  readonly fp: number;
}

/**
 * Counts at each different score, from the highest; the first step has none.
 *
 * @throws {@link ShapeError} unless there is a label for each score
 */
export function stepsOf(op: string, scores: ArrayLike<number>, labels: ArrayLike<number>): Step[] {
  if (scores.length !== labels.length) {
    throw new ShapeError(op, `there must be a label for each score, got ${labels.length} and ${scores.length}`);
  }
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[b] - scores[a]);
  const steps: Step[] = [{ threshold: Infinity, tp: 0, fp: 0 }];
  let [tp, fp] = [0, 0];
  for (let at = 0; at < order.length; at++) {
    const threshold = scores[order[at]];
    if (labels[order[at]] === 0) fp++;
    else tp++;
    if (at + 1 === order.length || scores[order[at + 1]] !== threshold) steps.push({ threshold, tp, fp });
  }
  return steps;
}

/** By trapezoids. */
function areaUnder(x: Float64Array, y: Float64Array): number {
  let area = 0;
  for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
  return x.length === 1 ? Number.NaN : area;
}

/** Where the curve meets the line from (0, 1) to (1, 0). */
function crossing(x: Float64Array, y: Float64Array): number {
  const at = x.findIndex((rate, i) => rate + y[i] >= 1);
  if (at < 1) return Number.NaN;
  const before = 1 - x[at - 1] - y[at - 1];
  const after = x[at] + y[at] - 1;
  return x[at - 1] + (before / (before + after)) * (x[at] - x[at - 1]);
}
