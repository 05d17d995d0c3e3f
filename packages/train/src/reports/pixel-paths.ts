import { element } from './svg.ts';

const levels = 12;

/**
 * A grey image as SVG paths of unit squares, one path a shade, 0 being no ink: sharp at any size, and no codec.
 *
 * @param pixels - row by row
 */
export function pixelPaths(pixels: Uint8Array, width: number, ink: string): string[] {
  const paths = new Array<string>(levels + 1).fill('');
  const shade = (i: number): number => Math.round((pixels[i] / 255) * levels);
  for (let i = 0; i < pixels.length; ) {
    const [x, y, level] = [i % width, Math.floor(i / width), shade(i)];
    let run = 1;
    while (x + run < width && shade(i + run) === level) run++;
    if (level > 0) paths[level] += `M${x} ${y}h${run}v1h-${run}z`;
    i += run;
  }
  return paths.flatMap((d, level) =>
    d === '' ? [] : [element('path', { d, fill: ink, 'fill-opacity': level / levels, 'shape-rendering': 'crispEdges' })],
  );
}
