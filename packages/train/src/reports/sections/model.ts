import { formatShape } from '@dl/kernels';
import type { LayerSummary, ModelSummaryJson } from '@dl/layers';
import { formatCount } from '../../callbacks/format-figures.ts';
import { element, printable } from '../markup.ts';
import { details, html, table, words } from '../page/html.ts';
import type { Section } from '../page/section.ts';
import type { RunReport } from '../run-report.ts';

/** What the model is made of. */
export function model({ summary, drawing }: RunReport): Section | undefined {
  if (summary === undefined && drawing === undefined) return undefined;
  // An image of its own: whatever is written in it runs nothing and cannot touch the page.
  const url = drawing && `data:image/svg+xml,${encodeURIComponent(printable(drawing))}`;
  const image =
    url === undefined ? '' : html('figure', {}, element('img', { src: url, class: 'drawing', alt: 'Drawing of the model' }));
  return { id: 'model', title: 'Model', body: image + (summary === undefined ? '' : costs(summary)) };
}

function costs(summary: ModelSummaryJson): string {
  const frozen = summary.parameters - summary.trainableParameters;
  const line = [
    `${formatCount(summary.parameters)} parameters${frozen === 0 ? '' : ` (${formatCount(frozen)} frozen)`}`,
    `${formatCount(summary.multiplyAdds)} multiply-adds for an input of ${formatShape(summary.inputShape)}`,
    `${(summary.activationBytes / 1024).toFixed(0)} KiB of activations for the backward pass`,
  ];
  const rows = summary.layers.map((layer) => [
    layer.name,
    layer.kind,
    layer.outputShapes.map(formatShape).join(' '),
    field(layer),
    layer.parameters,
    layer.multiplyAdds,
  ]);
  const layers = table('Layer by layer', ['layer', 'kind', 'output', 'receptive field', 'parameters', 'multiply-adds'], rows, 2);
  return words('p', `${line.join(', ')}.`) + (rows.length > 40 ? details(`All ${rows.length} layers`, layers) : layers);
}

function field({ receptiveField }: LayerSummary): string {
  if (receptiveField === undefined || receptiveField === 'all') return receptiveField ?? '';
  return receptiveField.join(' × ');
}
