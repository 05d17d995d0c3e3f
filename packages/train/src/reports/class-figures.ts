import type { Counts } from '../metrics/confusion-matrix.ts';

/** How well a classifier does on one class; NaN where a class never came. */
export interface ClassFigures {
  /** How many samples are of this class. */
  readonly samples: number;
  readonly precision: number;
  readonly recall: number;
  /** The harmonic mean of both. */
  readonly f1: number;
}

/** {@link ClassFigures} of each class. */
export function classFigures(counts: Counts): ClassFigures[] {
  return counts.map((row, i) => {
    const [samples, taken] = [sum(row), sum(counts.map((other) => other[i]))];
    return { samples, precision: row[i] / taken, recall: row[i] / samples, f1: (2 * row[i]) / (samples + taken) };
  });
}

/** Of all samples, how many there are and how many are right. */
export function totalsOf(counts: Counts): { readonly total: number; readonly hits: number } {
  return { total: sum(counts.flat()), hits: sum(counts.map((row, i) => row[i])) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
