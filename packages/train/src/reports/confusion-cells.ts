import type { Counts } from '../metrics/confusion-matrix.ts';
import { classFigures } from './class-figures.ts';
import { colors } from './colors.ts';
import { element } from './markup.ts';
import { type Drawing, group, percent, text, widthOf } from './svg.ts';

const cell = 46;

/**
 * A square for each pair of classes with its count, recall right of each row, precision under each column.
 *
 * @param worst - the count off the diagonal that is painted strongest
 */
export function confusionCells(counts: Counts, names: readonly string[], worst: number): Drawing {
  const size = counts.length * cell;
  const longest = Math.max(...names.map((name) => widthOf(name, 13) + 4));
  const isSlanted = longest > cell - 4;
  // Slanted names go up by half their length, and the last one over the right edge.
  const [left, right] = [Math.max(longest + 40, 84), Math.max(84, isSlanted ? longest * 0.87 : 0)];
  const [above, below] = [48 + (isSlanted ? longest / 2 : 0), 40];
  const figures = classFigures(counts);
  const top = (i: number): string =>
    isSlanted
      ? element(
          'g',
          { transform: `translate(${(i + 0.5) * cell - 2} -10) rotate(-30)` },
          text(0, 0, names[i], { ...label, 'text-anchor': 'start' }),
        )
      : text((i + 0.5) * cell, -10, names[i], label);
  const body = [
    text(size / 2, 16 - above, 'predicted', caption),
    element('g', { transform: `translate(${14 - left} ${size / 2}) rotate(-90)` }, text(0, 0, 'true', caption)),
    text(size + 12, size + 26, 'recall', { ...small, 'text-anchor': 'start' }),
    text(-14, size + 26, 'precision', { ...small, 'text-anchor': 'end' }),
    ...counts.flatMap((row, i) => row.map((count, j) => drawCell(count, i, j, worst))),
    ...counts.flatMap((_, i) => [
      text(-14, (i + 0.5) * cell + 4.5, names[i], { ...label, 'text-anchor': 'end' }),
      top(i),
      text(size + 12, (i + 0.5) * cell + 4, percent(figures[i].recall, 1), { ...small, 'text-anchor': 'start' }),
      text((i + 0.5) * cell, size + 26, percent(figures[i].precision, 1), small),
    ]),
  ];
  return { width: left + size + right, height: above + size + below, body: group(left, above, ...body) };
}

const small = { 'font-size': 11.5, fill: colors.muted, 'text-anchor': 'middle' } as const;
const caption = { 'font-size': 12.5, fill: colors.muted, 'text-anchor': 'middle' } as const;
const label = { 'font-size': 13, 'font-weight': 600, fill: colors.ink, 'text-anchor': 'middle' } as const;

function drawCell(count: number, row: number, column: number, worst: number): string {
  const isRight = row === column;
  const square = { x: column * cell + 1, y: row * cell + 1, width: cell - 2, height: cell - 2, rx: 4 };
  const rect = element('rect', { ...square, fill: isRight ? colors.paleBlue : colors.tile });
  if (count === 0) return rect;
  // The square root keeps a single mistake visible beside many; less than all of the colour keeps its number readable.
  const shade = isRight
    ? ''
    : element('rect', { ...square, fill: colors.orange, 'fill-opacity': 0.55 * Math.sqrt(count / worst) });
  const style = {
    'font-size': count >= 10_000 ? 11 : 13,
    'font-weight': isRight ? 600 : 400,
    fill: colors.ink,
    'text-anchor': 'middle',
  };
  return rect + shade + text((column + 0.5) * cell, (row + 0.5) * cell + 4.5, String(count), style);
}
