import { f1Share, outcomesOf, precisionShare, recallShare, shareOf, sumOf } from '../metrics/class-figures.ts';
import type { ClassFigures } from '../metrics/classification-report.ts';
import type { Counts } from '../metrics/confusion-matrix.ts';

/** Of each class; NaN where one never came, which {@link ClassificationReport} calls 0. */
export function classFigures(counts: Counts): ClassFigures[] {
  return outcomesOf(counts).map((outcomes) => ({
    precision: shareOf(precisionShare(outcomes), Number.NaN),
    recall: shareOf(recallShare(outcomes), Number.NaN),
    f1: shareOf(f1Share(outcomes), Number.NaN),
    support: outcomes.tp + outcomes.fn,
  }));
}

/** Of all samples, how many there are and how many are right. */
export function totalsOf(counts: Counts): { readonly total: number; readonly hits: number } {
  return { total: sumOf(counts.flat()), hits: sumOf(counts.map((row, i) => row[i])) };
}
