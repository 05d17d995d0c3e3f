import type { PngHeader } from './header.ts';

/** A part of an image that is stored as an image of its own: its pixel (i, j) is pixel (x0 + i dx, y0 + j dy). */
export interface PngPass {
  readonly x0: number;
  readonly y0: number;
  readonly dx: number;
  readonly dy: number;
  readonly width: number;
  readonly height: number;
  /** Of a row without its filter byte. */
  readonly rowBytes: number;
}

const whole = [[0, 0, 1, 1]] as const;

/** First column and row, and the steps, of each pass. @see https://www.w3.org/TR/png-3/#8Interlace */
const adam7 = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
] as const;

/** The passes of an image that have pixels. */
export function pngPasses({ width, height, depth, channels, isInterlaced }: PngHeader): readonly PngPass[] {
  return (isInterlaced ? adam7 : whole)
    .map(([x0, y0, dx, dy]) => {
      const columns = Math.ceil((width - x0) / dx);
      const rows = Math.ceil((height - y0) / dy);
      return { x0, y0, dx, dy, width: columns, height: rows, rowBytes: Math.ceil((columns * channels * depth) / 8) };
    })
    .filter((pass) => pass.width > 0 && pass.height > 0);
}
