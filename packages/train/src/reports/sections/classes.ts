import type { Counts } from '../../metrics/confusion-matrix.ts';
import type { Prediction } from '../../metrics/predictions.ts';
import { classFigures } from '../class-figures.ts';
import { accuracyLine, confusionDrawing } from '../confusion-svg.ts';
import { details, html, scrolling, table, words } from '../page/html.ts';
import type { Section } from '../page/section.ts';
import type { RunReport } from '../run-report.ts';
import { inlinePicture, percent } from '../svg.ts';

/** Beyond this a matrix is too fine to see anything, and takes megabytes. */
const mostDrawn = 200;

/** The confusion matrix, what is confused most, and precision, recall and F1 by class. */
export function classes({ confusion, predictions, classNames = [] }: RunReport): Section | undefined {
  const counts = confusion ?? (predictions && countsOf(predictions));
  if (counts === undefined || counts.length === 0) return undefined;
  const name = (label: number): string => classNames[label] ?? String(label);
  const drawing =
    counts.length > mostDrawn
      ? ''
      : scrolling('Confusion matrix', inlinePicture(confusionDrawing(counts, classNames), 'Confusion matrix'));
  const figures = byClass(counts, name);
  const body = [
    words(
      'p',
      `${accuracyLine(counts)}. Precision: of what was taken for a class, how much is right. Recall: of what is of a class, how much was found.`,
    ),
    drawing,
    html('div', { class: 'beside' }, counts.length > 24 ? '' : figures, mostConfused(counts, name)),
    counts.length > 24 ? details('Precision, recall and F1 of each class', figures) : '',
  ];
  return { id: 'classes', title: 'Class by class', body: body.join('\n') };
}

function countsOf(predictions: readonly Prediction[]): Counts {
  const size = predictions[0]?.probabilities.length ?? 0;
  const counts = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const { truth, predicted } of predictions) counts[truth][predicted]++;
  return counts;
}

function byClass(counts: Counts, name: (label: number) => string): string {
  const rows = classFigures(counts).map(({ support, precision, recall, f1 }, i) => [
    name(i),
    support,
    ...[precision, recall, f1].map((share) => percent(share)),
  ]);
  return table('Precision and recall', ['class', 'samples', 'precision', 'recall', 'F1'], rows, 4);
}

function mostConfused(counts: Counts, name: (label: number) => string): string {
  const pairs = counts.flatMap((row, truth) => {
    const samples = row.reduce((sum, count) => sum + count, 0);
    return row.flatMap((count, predicted) => (count === 0 || predicted === truth ? [] : [{ truth, predicted, count, samples }]));
  });
  if (pairs.length === 0) return '';
  const rows = pairs
    .sort((a, b) => b.count - a.count)
    .slice(0, 8)
    .map(({ truth, predicted, count, samples }) => [name(truth), name(predicted), count, percent(count / samples)]);
  return table('Most often confused', ['is', 'taken for', 'times', 'of its class'], rows, 2);
}
