import { ArgumentError } from '@dl/kernels';
import type { Counts } from './confusion-matrix.ts';

/** What a figure by class becomes for all: its mean over the classes, that weighted by how frequent they are, or one of all counts at once. */
export type Average = 'macro' | 'weighted' | 'micro';

/** Options of {@link Precision}, {@link Recall} and {@link F1Score}. */
export interface AverageOptions {
  /** Default `'macro'`. With one class a sample `'micro'` is the accuracy. */
  readonly average?: Average | undefined;
  /** The figure of a class where it would be 0 / 0. Default 0. */
  readonly zeroDivision?: 0 | 1 | undefined;
}

/** Of one class: how often it was right (tp), said and wrong (fp), there and not said (fn). */
export interface Outcomes {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

/** A numerator and a denominator of a class's outcomes. */
export type Share = (outcomes: Outcomes) => readonly [part: number, whole: number];

/** $\mathrm{tp} / (\mathrm{tp} + \mathrm{fp})$. */
export const precisionShare: Share = ({ tp, fp }) => [tp, tp + fp];
/** $\mathrm{tp} / (\mathrm{tp} + \mathrm{fn})$. */
export const recallShare: Share = ({ tp, fn }) => [tp, tp + fn];
/** $2 \mathrm{tp} / (2 \mathrm{tp} + \mathrm{fp} + \mathrm{fn})$: the harmonic mean of the two above. */
export const f1Share: Share = ({ tp, fp, fn }) => [2 * tp, 2 * tp + fp + fn];

/** Class by class. */
export function outcomesOf(counts: Counts): Outcomes[] {
  return counts.map((row, k) => {
    const said = counts.reduce((sum, other) => sum + other[k], 0);
    return { tp: row[k], fp: said - row[k], fn: sumOf(row) - row[k] };
  });
}

/** Part over whole, and `zeroDivision` for 0 / 0. */
export function shareOf([part, whole]: readonly [number, number], zeroDivision: number): number {
  return whole === 0 ? zeroDivision : part / whole;
}

/** The average of a share over the classes; NaN where nothing was counted. */
export function averageShare(counts: Counts, share: Share, { average = 'macro', zeroDivision = 0 }: AverageOptions): number {
  const outcomes = outcomesOf(counts);
  const support = outcomes.map(({ tp, fn }) => tp + fn);
  if (sumOf(support) === 0) return Number.NaN;
  return averages[average](outcomes, support, share, zeroDivision);
}

/** @throws {@link ArgumentError} for an average that is none */
export function checkAverage(op: string, { average = 'macro' }: AverageOptions): void {
  if (!Object.hasOwn(averages, average))
    throw new ArgumentError(op, `average must be one of ${Object.keys(averages).join(', ')}, got ${String(average)}`);
}

/** The sum of numbers. */
export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

const averages: {
  readonly [A in Average]: (
    outcomes: readonly Outcomes[],
    support: readonly number[],
    share: Share,
    zeroDivision: number,
  ) => number;
} = {
  macro: (outcomes, _support, share, zeroDivision) =>
    sumOf(outcomes.map((one) => shareOf(share(one), zeroDivision))) / outcomes.length,
  weighted: (outcomes, support, share, zeroDivision) =>
    sumOf(outcomes.map((one, k) => support[k] * shareOf(share(one), zeroDivision))) / sumOf(support),
  micro: (outcomes, _support, share, zeroDivision) => {
    const total = (name: keyof Outcomes): number => sumOf(outcomes.map((one) => one[name]));
    return shareOf(share({ tp: total('tp'), fp: total('fp'), fn: total('fn') }), zeroDivision);
  },
};
