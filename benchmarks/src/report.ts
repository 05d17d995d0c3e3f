import type { Absence, Figure, Findings, Row } from './findings.ts';
import type { Timing } from './measure.ts';

/** Findings as Markdown: the comparisons, ratio first, then numbers that stand for themselves, then who was left out and why. */
export function toMarkdown({ rows, figures, absences }: Findings): string {
  return [rowTable(rows), figureTable(figures), absenceList(absences)].filter((part) => part !== '').join('\n\n');
}

function rowTable(rows: readonly Row[]): string {
  if (rows.length === 0) return '';
  const hasFlops = rows.some(({ gflops }) => gflops !== undefined);
  const head = ['ratio', 'work', 'on', 'peer', 'ours, ms', 'peer, ms', ...(hasFlops ? ['ours, GFLOP/s', 'peer, GFLOP/s'] : [])];
  const lines = rows.map((row) => [
    `**${row.ratio.toFixed(2)}** [${row.ratioMin.toFixed(2)}–${row.ratioMax.toFixed(2)}]`,
    row.work,
    row.on,
    row.peer,
    spread(row.ours),
    spread(row.peerTiming),
    ...(hasFlops ? [row.gflops?.ours.toFixed(1) ?? '', row.gflops?.peer.toFixed(1) ?? ''] : []),
  ]);
  return table(head, lines);
}

function figureTable(figures: readonly Figure[]): string {
  if (figures.length === 0) return '';
  return table(
    ['work', 'on', 'figure', 'value'],
    figures.map(({ work, on, figure, value, unit }) => [work, on, figure, `${digits(value)} ${unit}`]),
  );
}

/** One line for a peer and a reason, however many works it concerns. */
function absenceList(absences: readonly Absence[]): string {
  const lines = new Map<string, string[]>();
  for (const { peer, work, why, disagrees } of absences) {
    const key = `${disagrees ? '**Disagrees**' : 'Left out'}: ${peer}, ${why}`;
    lines.set(key, [...(lines.get(key) ?? []), work]);
  }
  return [...lines].map(([key, works]) => `- ${key} (${works.join('; ')})`).join('\n');
}

function table(head: readonly string[], lines: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function spread({ median, min, max }: Timing): string {
  return min === max ? digits(median) : `${digits(median)} [${digits(min)}–${digits(max)}]`;
}

function digits(value: number): string {
  return value >= 1000 || Number.isInteger(value) ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}
