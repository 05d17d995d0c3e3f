import { formatCount, formatFigure, formatSeconds } from '../../callbacks/format-figures.ts';
import { html, words } from '../page/html.ts';
import { bestEpoch, type RunReport } from '../run-report.ts';

interface Tile {
  readonly name: string;
  readonly value: string;
  /** Of what the run was for: how good the model is. */
  readonly isMain?: boolean;
}

/** The figures on top of a report. */
export function headline(report: RunReport): string {
  const tiles = [...quality(report), ...extra(report), ...effort(report)];
  const drawn = tiles.map(({ name, value, isMain = false }) =>
    html('div', { class: isMain ? 'main' : undefined }, words('dt', name), words('dd', value)),
  );
  return html('dl', { class: 'tiles' }, ...drawn);
}

/** How good the model is: on test data, else on held-out data at the best epoch, else on training data. */
export function quality({ test, history, heldOut = 'validation', best }: RunReport): Tile[] {
  if (test !== undefined) return figureTiles('test', test.loss, test.metrics);
  const epoch = history.find((one) => one.epoch === bestEpoch({ best, history }));
  if (epoch?.validation !== undefined) return figureTiles(heldOut, epoch.validation.loss, epoch.validation.metrics);
  const last = history.at(-1);
  return last === undefined ? [] : figureTiles('training', last.train.loss, last.train.metrics);
}

function figureTiles(of: string, loss: number, metrics: Readonly<Record<string, unknown>>): Tile[] {
  const tiles = Object.entries(metrics).flatMap(([name, value]) =>
    typeof value === 'number' ? [{ name: `${of} ${name}`, value: formatFigure(name, value), isMain: true }] : [],
  );
  return [...tiles, { name: `${of} loss`, value: formatFigure('loss', loss), isMain: true }];
}

function extra({ figures = {} }: RunReport): Tile[] {
  return Object.entries(figures).map(([name, value]) => ({
    name,
    value: typeof value === 'number' ? formatFigure(name, value) : value,
  }));
}

function effort(report: RunReport): Tile[] {
  const { history, summary, test, manifest } = report;
  const best = bestEpoch(report);
  const seed = manifest !== undefined && 'seed' in manifest ? manifest.seed : undefined;
  return [
    ...(test === undefined ? [] : [{ name: 'test samples', value: formatCount(test.samples) }]),
    { name: 'epochs', value: formatCount(history.length) },
    ...(best === undefined ? [] : [{ name: 'best epoch', value: formatCount(best) }]),
    { name: 'training time', value: formatSeconds(history.reduce((sum, { seconds }) => sum + seconds, 0)) },
    ...(summary === undefined ? [] : [{ name: 'parameters', value: formatCount(summary.parameters) }]),
    ...(typeof seed === 'number' || typeof seed === 'string' ? [{ name: 'seed', value: String(seed) }] : []),
  ];
}
