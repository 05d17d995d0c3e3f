import { learn, type ModelName, modelNames } from './decision-boundaries.ts';
import { contourAreas, type Level, type Region } from './field.ts';
import { Plot, type PlotOptions } from './plot.ts';
import { colors, element, picture } from './svg.ts';
import { type ToySetName, toySet, toySetNames } from './toy-sets.ts';

const side = 170;
const [left, top] = [136, 112];
const region: Region = { xs: [-1.05, 1.05], ys: [-1.05, 1.05], columns: 34, rows: 34 };

/** From sure of class 0, blue, over white to sure of class 1, orange. */
const levels: readonly Level[] = [
  { above: -1, fill: '#8fbbdd' },
  { above: 0.05, fill: '#b5d2e8' },
  { above: 0.25, fill: '#dce9f3' },
  { above: 0.5, fill: '#f8e3d5' },
  { above: 0.75, fill: '#f0c3a3' },
  { above: 0.95, fill: '#e79f6d' },
];

/** A threshold is sure everywhere. */
const sure: readonly Level[] = [
  { above: -1, fill: '#8fbbdd' },
  { above: 0.5, fill: '#e79f6d' },
];

/** What perceptron, multiperceptron and MLP take the plane for once they have learnt the toy sets. */
export async function decisionBoundariesSvg(): Promise<string> {
  const panels = await Promise.all(
    modelNames.flatMap((model, row) => toySetNames.map((name, column) => panel(model, name, row, column))),
  );
  const rows = modelNames.map((name, row) =>
    element(
      'text',
      { x: 24, y: top + row * (side + 40) + side / 2, 'font-size': 13.5, 'font-weight': 600, fill: colors.ink },
      name,
    ),
  );
  return picture(
    left + toySetNames.length * (side + 20) + 4,
    top + modelNames.length * (side + 40) - 16,
    'Decision boundaries',
    'Blue and orange: the two classes; the paler, the less sure',
    element('defs', {}, ...toySetNames.map(dots)),
    ...rows,
    ...panels,
  );
}

async function panel(model: ModelName, name: ToySetName, row: number, column: number): Promise<string> {
  const learnt = await learn(model, toySet(name));
  const plot = new Plot({ title: `${name}: ${Math.round(100 * learnt.accuracy)} %`, ...frame(row, column) });
  const areas = contourAreas(
    await learnt.classOne(region),
    region,
    frame(row, column).box,
    model === 'perceptron' ? sure : levels,
  );
  return [areas, element('use', { href: `#set-${column}`, y: row * (side + 40) }), plot.frame()].join('');
}

/** The points of a set where they lie in the first row. */
function dots(name: ToySetName, column: number): string {
  const { points, labels } = toySet(name);
  const plot = new Plot({ title: name, ...frame(0, column) });
  const ofClass = (label: 0 | 1, fill: string): string =>
    plot.dots(
      points.filter((_, i) => labels[i] === label),
      fill,
      { rim: colors.paper },
    );
  return element('g', { id: `set-${column}` }, ofClass(0, '#0b5c94'), ofClass(1, '#b34700'));
}

function frame(row: number, column: number): Pick<PlotOptions, 'box' | 'xs' | 'ys'> {
  return { box: [left + column * (side + 20), top + row * (side + 40), side, side], xs: region.xs, ys: region.ys };
}
