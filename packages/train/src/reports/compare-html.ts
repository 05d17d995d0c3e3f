import { formatFigure, formatSeconds } from '../callbacks/format-figures.ts';
import { curvesPanel } from './curves-svg.ts';
import { flattenJson } from './flatten-json.ts';
import { figureNames } from './learning-curve-svg.ts';
import { documentHtml } from './page/document.ts';
import { type Cell, html, table, words } from './page/html.ts';
import type { Section } from './page/section.ts';
import { bestEpoch, type RunReport } from './run-report.ts';
import { inlinePicture } from './svg.ts';

/** Options of {@link compareHtml}. */
export interface CompareOptions {
  /** Default `'Comparison of … runs'`. */
  readonly title?: string | undefined;
  /** The figure that says which run is the best: the loss, or the name of a metric. Default `'accuracy'` where all have it, else `'loss'`. */
  readonly by?: string | undefined;
  /** Whether more of it is better. Default: of all but a loss, an error or a perplexity. */
  readonly more?: boolean | undefined;
}

/**
 * Several runs as one page of HTML, complete in itself: their figures with the best run marked, what differs between their configurations, and
 * their curves over each other. Runs are held against each other on test data if all have been tested, else on held-out data at the best epoch.
 *
 * @returns the text of an HTML file
 * @example
 * const run = (title: string, accuracy: number) => {
 *   const figures = { loss: 0.5, metrics: { accuracy } };
 *   const epoch = { epoch: 1, lr: 0.001, steps: 98, samples: 10000, seconds: 8, train: figures, validation: figures };
 *   return { title, history: [epoch], manifest: { config: { model: title } } };
 * };
 * compareHtml([run('lenet', 0.99), run('mlp', 0.97)]).includes('lenet (best)') // true
 */
export function compareHtml(runs: readonly RunReport[], options: CompareOptions = {}): string {
  const { title = `Comparison of ${runs.length} runs` } = options;
  const names = sharedFigures(runs);
  const by = options.by ?? (names.includes('accuracy') ? 'accuracy' : 'loss');
  const best = bestOf(runs, by, options.more ?? !/loss|error|perplexity/i.test(by));
  const parts = [figures(runs, names, best), differences(runs), curves(runs)];
  const of = isTested(runs) ? 'test data' : 'held-out data at the best epoch';
  const lead = words('p', best === undefined ? '' : `${best.title} is the best by ${by} on ${of}.`);
  return documentHtml({ title, subtitle: undefined, lead, sections: parts.filter((part) => part !== undefined) });
}

function isTested(runs: readonly RunReport[]): boolean {
  return runs.every(({ test }) => test !== undefined);
}

interface Quality {
  readonly loss: number;
  readonly metrics: Readonly<Record<string, unknown>>;
}

/** What the run is judged by, on data that all of them have. */
function qualityOf(run: RunReport, tested: boolean): Quality | undefined {
  if (tested) return run.test;
  const best = bestEpoch(run);
  return run.history.find(({ epoch }) => epoch === best)?.validation;
}

function figureIn(quality: Quality | undefined, name: string): number {
  const value = name === 'loss' ? quality?.loss : quality?.metrics[name];
  return typeof value === 'number' ? value : Number.NaN;
}

/** The loss, and every number that some run has. */
function sharedFigures(runs: readonly RunReport[]): string[] {
  const tested = isTested(runs);
  const metrics = runs.flatMap((run) => Object.entries(qualityOf(run, tested)?.metrics ?? {}));
  return [...new Set(metrics.filter(([, value]) => typeof value === 'number').map(([name]) => name)), 'loss'];
}

function bestOf(runs: readonly RunReport[], by: string, more: boolean): RunReport | undefined {
  const tested = isTested(runs);
  const scored = runs
    .map((run) => ({ run, score: figureIn(qualityOf(run, tested), by) * (more ? 1 : -1) }))
    .filter(({ score }) => !Number.isNaN(score));
  return scored.toSorted((a, b) => b.score - a.score)[0]?.run;
}

function figures(runs: readonly RunReport[], names: readonly string[], best: RunReport | undefined): Section {
  const tested = isTested(runs);
  const rows = runs.map((run): Cell[] => {
    const quality = qualityOf(run, tested);
    const seconds = run.history.reduce((sum, epoch) => sum + epoch.seconds, 0);
    return [
      nameOf(run, best),
      ...names.map((name) => (quality === undefined ? '–' : formatFigure(name, figureIn(quality, name)))),
      run.summary?.parameters ?? '–',
      run.history.length,
      String(bestEpoch(run) ?? '–'),
      formatSeconds(seconds),
    ];
  });
  const of = tested ? 'test ' : '';
  const head = ['run', ...names.map((name) => `${of}${name}`), 'parameters', 'epochs', 'best epoch', 'training time'];
  return { id: 'figures', title: 'Figures', body: table('Runs', head, rows, head.length - 1) };
}

function nameOf(run: RunReport, best: RunReport | undefined): Cell {
  return run === best ? { words: `${run.title} (best)`, className: 'best' } : run.title;
}

/** What is not the same in all manifests; a `config` in them, if all have one, else all of it. */
function differences(runs: readonly RunReport[]): Section | undefined {
  const configs = runs.map(({ manifest = {} }) => new Map(flattenJson('config' in manifest ? manifest.config : manifest)));
  const keys = [...new Set(configs.flatMap((config) => [...config.keys()]))];
  const differing = keys.filter((key) => new Set(configs.map((config) => config.get(key))).size > 1);
  if (keys.length === 0) return undefined;
  const same = keys.filter((key) => !differing.includes(key));
  const different = table(
    'What differs',
    ['name', ...runs.map(({ title }) => title)],
    differing.map((key) => [key, ...configs.map((config) => config.get(key) ?? '–')]),
  );
  const shared = table(
    'What is the same',
    ['name', 'value'],
    same.map((key) => [key, configs[0].get(key) ?? '–']),
  );
  const body = [
    differing.length === 0 ? words('p', 'The configurations do not differ.') : different,
    same.length === 0 ? '' : shared,
  ];
  return { id: 'configurations', title: 'Configurations', body: html('div', { class: 'beside' }, ...body) };
}

function curves(runs: readonly RunReport[]): Section | undefined {
  const trained = runs.filter(({ history }) => history.length > 0).map(({ title, history }) => ({ name: title, history }));
  const names = [...new Set(trained.flatMap(({ history }) => figureNames(history)))];
  if (names.length === 0) return undefined;
  const drawn = names.map((figure) =>
    html('figure', {}, inlinePicture(curvesPanel(trained, { figure }, [380, 260]), `${figure} over the epochs, of all runs`)),
  );
  const line = words('p', 'Bold: held-out data. Thin and dashed: training data.', { class: 'note' });
  return { id: 'curves', title: 'Learning curves', body: line + html('div', { class: 'panels' }, ...drawn) };
}
