import { formatFigure } from '../../callbacks/format-figures.ts';
import type { EpochResult } from '../../history.ts';
import { colors } from '../colors.ts';
import { figureNames, figureOf, figurePanel } from '../learning-curve-svg.ts';
import { linePanel } from '../line-panel.ts';
import { type Cell, details, html, table } from '../page/html.ts';
import type { Section } from '../page/section.ts';
import { bestEpoch, type RunReport } from '../run-report.ts';
import { type Drawing, inlinePicture } from '../svg.ts';

const size = [250, 180] as const;

/** Loss, metrics and learning rate over the epochs, and the same figures as a table. */
export function learningCurves(report: RunReport): Section | undefined {
  const { history, heldOut = 'validation' } = report;
  if (history.length === 0) return undefined;
  const best = bestEpoch(report);
  const panels = figureNames(history).map((name): [string, Drawing] => [
    `${name} over the epochs, of training and ${heldOut} data`,
    figurePanel(name, history, { heldOut, best }, size),
  ]);
  const rates = new Set(history.map(({ lr }) => lr));
  if (rates.size > 1) panels.push(['learning rate over the epochs', learningRate(history)]);
  const figures = panels.map(([label, drawing]) => html('figure', {}, inlinePicture(drawing, label)));
  const body =
    html('div', { class: 'panels' }, ...figures) + details('The figures, epoch by epoch', epochTable(history, heldOut, best));
  return { id: 'curves', title: 'Learning curves', body };
}

function learningRate(history: readonly EpochResult[]): Drawing {
  const rates = history.map(({ lr }) => lr).filter((lr) => lr > 0);
  const points = history.map(({ epoch, lr }) => [epoch, lr] as const);
  const curves = [{ name: undefined, color: colors.muted, points }];
  const log = Math.max(...rates) / Math.min(...rates) > 30;
  return linePanel({ name: 'learning rate', axis: 'epoch', curves, width: size[0], height: size[1], log });
}

function epochTable(history: readonly EpochResult[], heldOut: string, best: number | undefined): string {
  const names = figureNames(history);
  const held = history.some(({ validation }) => validation !== undefined);
  const head = ['epoch', ...names.map((name) => `training ${name}`), ...(held ? names.map((name) => `${heldOut} ${name}`) : [])];
  const rows = history.map((epoch): Cell[] => {
    const figures = [
      ...names.map((name) => [name, epoch.train] as const),
      ...(held ? names.map((name) => [name, epoch.validation] as const) : []),
    ];
    const cells: Cell[] = figures.map(([name, of]) => (of === undefined ? '–' : formatFigure(name, figureOf(name, of))));
    const first: Cell = epoch.epoch === best ? { words: `${epoch.epoch} (best)`, className: 'best' } : String(epoch.epoch);
    return [first, ...cells, epoch.lr.toPrecision(3), epoch.seconds.toFixed(1)];
  });
  return table(`${history.length} epochs`, [...head, 'learning rate', 'seconds'], rows, head.length + 1);
}
