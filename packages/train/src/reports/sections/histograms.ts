import type { ParameterHistogram } from '../../callbacks/parameter-histogram.ts';
import { colors } from '../colors.ts';
import { element, number } from '../markup.ts';
import { type Cell, details, table, words } from '../page/html.ts';
import type { Section } from '../page/section.ts';
import type { RunReport } from '../run-report.ts';
import { inlinePicture } from '../svg.ts';

const [width, height] = [110, 30];

/** How weights and gradients are spread, at the first and at the last look. */
export function histograms({ histograms: seen = [] }: RunReport): Section | undefined {
  if (seen.length === 0) return undefined;
  const names = [...new Set(seen.map(({ name }) => name))];
  const rows = names.map((name): Cell[] => [name, ...cells(seen, name, 'weights'), ...cells(seen, name, 'gradients')]);
  const head = ['parameter', ...['weights', 'gradients'].flatMap((of) => [of, `mean of ${of}`, `deviation of ${of}`])];
  const epochs = seen.map(({ epoch }) => epoch);
  const note = `Blue: epoch ${Math.max(...epochs)}. Grey line: epoch ${Math.min(...epochs)}.`;
  const drawn = table('Weights and gradients', head, rows);
  const body =
    words('p', note, { class: 'note' }) + (names.length > 24 ? details(`All ${names.length} parameters`, drawn) : drawn);
  return { id: 'histograms', title: 'Histograms', body };
}

function cells(seen: readonly ParameterHistogram[], parameter: string, of: ParameterHistogram['of']): Cell[] {
  const own = seen.filter((one) => one.name === parameter && one.of === of).toSorted((a, b) => a.epoch - b.epoch);
  const last = own.at(-1);
  if (last === undefined) return ['–', '–', '–'];
  const { mean, std, nonFinite } = last;
  const spread: Cell = nonFinite === 0 ? std.toPrecision(3) : { words: `${nonFinite} not finite`, className: 'wrong' };
  return [
    { markup: inlinePicture({ width, height, body: outlines(own[0], last) }, `${of} of ${parameter}`) },
    mean.toPrecision(3),
    spread,
  ];
}

/** Both on one axis, each as high as it may be. */
function outlines(first: ParameterHistogram, last: ParameterHistogram): string {
  const ends = [first, last].flatMap(({ edges }) => [edges[0], edges[edges.length - 1]]);
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const outline = ({ edges, counts }: ParameterHistogram): string => {
    const most = Math.max(1, ...counts);
    const x = (edge: number): string => number(((edge - low) / (high - low)) * width);
    return `M${x(edges[0])} ${height}${counts.map((count, i) => `V${number(height - (count / most) * (height - 2))}H${x(edges[i + 1])}`).join('')}V${height}`;
  };
  const isOne = first.epoch === last.epoch;
  return [
    element('path', { d: `${outline(last)}z`, fill: colors.blue }),
    ...(isOne ? [] : [element('path', { d: outline(first), fill: 'none', stroke: colors.muted })]),
  ].join('');
}
