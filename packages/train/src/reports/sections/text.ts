import { formatFigure } from '../../callbacks/format-figures.ts';
import { table, words } from '../page/html.ts';
import type { Section } from '../page/section.ts';
import { bestEpoch, type RunReport, type TextSample } from '../run-report.ts';

/** How well a language model foretells, and what it wrote. */
export function text(report: RunReport): Section | undefined {
  const { text: written, history, heldOut = 'validation', test } = report;
  if (written === undefined) return undefined;
  const best = history.find(({ epoch }) => epoch === bestEpoch(report)) ?? history.at(-1);
  const losses: [string, number | undefined][] = [
    ['training', best?.train.loss],
    [heldOut, best?.validation?.loss],
    ['test', test?.loss],
  ];
  const rows = losses.flatMap(([of, loss]) => (loss === undefined ? [] : [[of, ...measures(loss)]]));
  const { unit, samples } = written;
  const figures = table(`Loss by ${unit}`, ['data', `nats a ${unit}`, `bits a ${unit}`, 'perplexity'], rows, 3);
  return { id: 'text', title: 'Text', body: [figures, ...samples.map(sample)].join('\n') };
}

function measures(nats: number): string[] {
  return [nats, nats / Math.LN2, Math.exp(nats)].map((value) => formatFigure('loss', value));
}

function sample({ text: content, prompt, temperature }: TextSample, i: number): string {
  const how = [
    ...(temperature === undefined ? [] : [`temperature ${temperature}`]),
    ...(prompt === undefined ? [] : [`after “${prompt}”`]),
  ];
  return words('h3', [`Sample ${i + 1}`, ...how].join(', ')) + words('pre', content);
}
