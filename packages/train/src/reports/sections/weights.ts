import { html, words } from '../page/html.ts';
import type { Section } from '../page/section.ts';
import type { RunReport } from '../run-report.ts';
import { inlinePicture } from '../svg.ts';
import { weightsDrawing, weightsLine } from '../weights-svg.ts';

/** What first layers look for, as images. */
export function weights({ weights: shown = [] }: RunReport): Section | undefined {
  if (shown.length === 0) return undefined;
  const figures = shown.map(({ name, weight, ...options }) => {
    const drawing = inlinePicture(weightsDrawing('reportHtml', weight, options), `${name} as images`);
    return html('figure', {}, words('h3', name), words('p', `${weightsLine(weight, options)}.`, { class: 'note' }), drawing);
  });
  return { id: 'weights', title: 'Weights as images', body: figures.join('\n') };
}
