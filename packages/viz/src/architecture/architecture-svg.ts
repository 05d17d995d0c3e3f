import type { ModelSummary } from '@dl/layers';
import { checkOrientation } from '../graph/node-style.ts';
import { type Orientation, type Point, place } from '../layout.ts';
import { type Attributes, colors, element, line, picture, text, widthOf } from '../svg.ts';
import { type Block, blocksOf } from './blocks.ts';

/** Options of {@link architectureSvg}. */
export interface ArchitectureSvgOptions {
  /** Which way the data flow. Default `'leftRight'`. */
  readonly orientation?: Orientation | undefined;
}

const lineHeight = 15;
const radius = 5;
const sheet = 4;

/**
 * A diagram of what {@link summary} found: signals, images and volumes as stacks of sheets, vectors as circles, what joins branches as a dot,
 * with sizes under them; dashed where dropout acts. What changes no shape is drawn with the layer before it.
 *
 * @throws {@link ArgumentError} for an unknown orientation
 * @example
 * const model = new Sequential(new Conv2d(1, 4, 3), new ReLU(), new Flatten(), new Dropout(0.5), new Linear(144, 10));
 * const svg = architectureSvg(summary(model, [1, 1, 8, 8]));
 * svg.includes('4@6×6') // true
 */
export function architectureSvg(model: ModelSummary, { orientation = 'leftRight' }: ArchitectureSvgOptions = {}): string {
  checkOrientation('architectureSvg', orientation);
  const drawings = new Map(blocksOf(model).map((block) => [block.id, drawingOf(block)]));
  const boxes = [...drawings].map(([id, { width, height, words }]) => ({
    id,
    width: Math.max(width, ...words.map(widthOf)) + 6,
    height: height + 2 * words.length * lineHeight,
  }));
  const joins = [...drawings].flatMap(([to, { block }]) => block.inputs.map((from) => ({ from, to, width: 0, height: 0 })));
  const placed = place(boxes, joins, orientation, 22);
  const centerOf = (id: string): Point => placed.centers.get(id) ?? { x: 0, y: 0 };
  const arrows = joins.map(({ from, to }, i) => {
    const bends = placed.paths[i].points.slice(1, -1);
    const start = leaving(drawings.get(from), centerOf(from), orientation);
    const end = entering(drawings.get(to), centerOf(to), orientation);
    return line([start, ...bends, end], { stroke: colors.line, 'marker-end': 'url(#arrow)' });
  });
  const blocks = [...drawings].map(([id, drawing]) => draw(drawing, centerOf(id)));
  return picture(placed.width, placed.height, `Architecture of ${model.layers.length} layers`, ...arrows, ...blocks);
}

/** A block, how large its figure is, and the words under it. */
interface Drawing {
  readonly block: Block;
  readonly width: number;
  readonly height: number;
  readonly words: readonly string[];
}

function drawingOf(block: Block): Drawing {
  const { layers, shape, inputs } = block;
  const words = [...(layers.length === 0 ? ['input'] : layers.map(({ kind }) => kind)), sizeText(shape)];
  if (inputs.length > 1) return { block, width: 2 * radius, height: 2 * radius, words };
  if (shape.length < 2) return { block, width: 2 * radius, height: circles(shape) * (2 * radius + 3) - 3, words };
  const behind = (sheets(shape) - 1) * sheet;
  const [high, wide] = shape.length === 2 ? [1, shape[1]] : shape.slice(-2);
  return { block, width: side(wide) + behind, height: side(high) + behind, words };
}

function draw({ block, width, height, words }: Drawing, { x, y }: Point): string {
  const { shape, inputs, drops, layers } = block;
  const style: Attributes = {
    fill: layers.length === 0 ? colors.input : colors.op,
    stroke: colors.ink,
    'stroke-dasharray': drops ? '4 3' : undefined,
  };
  const names = layers.map(({ name, kind }) => (name === '' ? kind : name)).join(', ');
  const under = words.map((word, i) => text(x, y + height / 2 + (i + 1) * lineHeight - 2, word));
  const figure =
    inputs.length > 1
      ? [element('circle', { cx: x, cy: y, r: radius, ...style, fill: colors.ink })]
      : shape.length < 2
        ? column(x, y - height / 2, circles(shape), (shape[0] ?? 1) > circles(shape), style)
        : stack(x - width / 2, y - height / 2, width, height, sheets(shape), style);
  return element('g', {}, element('title', {}, names === '' ? 'input' : names), ...figure, ...under);
}

/** Sheets behind each other, the first one in front and to the lower left. */
function stack(x: number, y: number, width: number, height: number, count: number, style: Attributes): string[] {
  const behind = (count - 1) * sheet;
  return Array.from({ length: count }, (_, i) => {
    const at = (count - 1 - i) * sheet;
    return element('rect', { x: x + at, y: y + behind - at, width: width - behind, height: height - behind, ...style });
  });
}

/** Circles below each other; the middle one is dots where there are more. */
function column(x: number, y: number, count: number, more: boolean, style: Attributes): string[] {
  return Array.from({ length: count }, (_, i) => {
    const cy = y + radius + i * (2 * radius + 3);
    return more && i === Math.floor(count / 2) ? text(x, cy + 4, '⋮') : element('circle', { cx: x, cy, r: radius, ...style });
  });
}

function leaving(drawing: Drawing | undefined, { x, y }: Point, orientation: Orientation): Point {
  const { width, height, words } = drawing ?? { width: 0, height: 0, words: [] };
  return orientation === 'leftRight' ? { x: x + width / 2, y } : { x, y: y + height / 2 + words.length * lineHeight + 2 };
}

function entering(drawing: Drawing | undefined, { x, y }: Point, orientation: Orientation): Point {
  const { width, height } = drawing ?? { width: 0, height: 0 };
  return orientation === 'leftRight' ? { x: x - width / 2 - 1, y } : { x, y: y - height / 2 - 1 };
}

/** `6@28×28`: channels and extents, or units. */
function sizeText(shape: readonly number[]): string {
  if (shape.length < 2) return String(shape[0] ?? 1);
  return `${shape[0]}@${shape.slice(1).join('×')}`;
}

/** A length that tells 8 from 32 pixels and has room for 224. */
function side(extent: number): number {
  return 8 + 9 * Math.log2(Math.max(extent, 1));
}

function sheets([channels]: readonly number[]): number {
  return Math.min(1 + Math.ceil(Math.log2(Math.max(channels, 1)) / 2), 6);
}

function circles([units = 1]: readonly number[]): number {
  return Math.min(units, 7);
}
