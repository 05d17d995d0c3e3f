import { documentHtml } from './page/document.ts';
import { html, words } from './page/html.ts';
import type { Section } from './page/section.ts';
import type { RunReport } from './run-report.ts';
import { calibration } from './sections/calibration.ts';
import { classes } from './sections/classes.ts';
import { headline } from './sections/headline.ts';
import { histograms } from './sections/histograms.ts';
import { learningCurves } from './sections/learning-curves.ts';
import { manifest } from './sections/manifest.ts';
import { mistakes } from './sections/mistakes.ts';
import { model } from './sections/model.ts';
import { text } from './sections/text.ts';
import { weights } from './sections/weights.ts';

/** In the order in which they stand on the page. */
const parts: readonly ((report: RunReport) => Section | undefined)[] = [
  learningCurves,
  text,
  classes,
  mistakes,
  calibration,
  weights,
  histograms,
  model,
  manifest,
];

/**
 * A run as one page of HTML, complete in itself: figures, curves, confusions, the worst mistakes, calibration, weights, the model and its manifest. It needs no
 * network and runs no script, is dark on dark screens, and may be printed. What is not given is left out.
 *
 * @returns the text of an HTML file
 * @throws {@link ArgumentError} for pictures or weights that cannot be shown as images
 * @example
 * const figures = { loss: 0.1, metrics: { accuracy: 0.97 } };
 * const epoch = { epoch: 1, lr: 0.001, steps: 938, samples: 60000, seconds: 8, train: figures, validation: undefined };
 * reportHtml({ title: 'LeNet-5 on MNIST', history: [epoch] }).startsWith('<!doctype html>') // true
 */
export function reportHtml(report: RunReport): string {
  const { title, subtitle, notes = [] } = report;
  const warnings = html('ul', { class: 'warnings' }, ...notes.map((note) => words('li', note)));
  const sections = parts.map((part) => part(report)).filter((section) => section !== undefined);
  return documentHtml({ title, subtitle, lead: (notes.length === 0 ? '' : warnings) + headline(report), sections });
}
