import type { Counts } from '../metrics/confusion-matrix.ts';
import { colors } from './colors.ts';
import { element } from './markup.ts';
import { type Drawing, group, text, widthOf } from './svg.ts';

const caption = { 'font-size': 12.5, fill: colors.muted, 'text-anchor': 'middle' } as const;

/**
 * A confusion matrix of many classes, without counts. One path a shade instead of a square each: a hundred classes have ten thousand.
 *
 * @param worst - the count off the diagonal that is painted strongest
 */
export function confusionShades(counts: Counts, names: readonly string[], worst: number): Drawing {
  const cell = Math.max(3, Math.min(20, 800 / counts.length));
  const size = counts.length * cell;
  const hasNames = cell >= 8;
  const left = 40 + (hasNames ? Math.max(...names.map((name) => widthOf(name, 8))) : 0);
  const above = 36;
  const shades = new Map<string, string>();
  const add = (key: string, i: number, j: number): void => {
    shades.set(key, `${shades.get(key) ?? ''}M${j} ${i}h1v1h-1z`);
  };
  for (const [i, row] of counts.entries()) {
    const samples = row.reduce((sum, count) => sum + count, 0);
    for (const [j, count] of row.entries()) {
      if (count === 0) continue;
      const level = i === j ? Math.ceil((8 * count) / samples) : Math.ceil(8 * Math.sqrt(count / worst));
      add(`${i === j ? colors.blue : colors.orange} ${level / 8}`, i, j);
    }
  }
  const squares = [...shades].map(([shade, d]) => {
    const [fill, opacity] = shade.split(' ');
    return element('path', { d, fill, 'fill-opacity': opacity });
  });
  const body = [
    text(size / 2, -14, 'predicted', caption),
    element('g', { transform: `translate(${14 - left} ${size / 2}) rotate(-90)` }, text(0, 0, 'true', caption)),
    element('rect', { width: size, height: size, fill: colors.tile }),
    element('g', { transform: `scale(${cell})` }, ...squares),
    ...(hasNames
      ? names.map((name, i) => text(-6, (i + 0.7) * cell, name, { 'font-size': 8, fill: colors.muted, 'text-anchor': 'end' }))
      : []),
  ];
  return { width: left + size + 4, height: above + size + 4, body: group(left, above, ...body) };
}
