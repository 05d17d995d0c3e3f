import type { PenPath } from './pen-path.ts';

/**
 * Draws `path` into `coverage`, a square of `side` pixels: each line is the set of points nearer than the pen's radius, which
 * goes from `startRadius` to `endRadius` along the path. A pixel gets the share of it that is covered, by its centre's
 * distance; where lines overlap, the larger one.
 *
 * @param softness - width of the edge, in pixels: 1 is plain antialiasing
 */
export function rasterize(
  path: PenPath,
  startRadius: number,
  endRadius: number,
  softness: number,
  coverage: Float64Array,
  side: number,
): void {
  for (let i = 1; i < path.length; i++) {
    if (path.penDown[i] === 0) continue;
    const radius = startRadius + ((endRadius - startRadius) * i) / path.length;
    rasterizeLine(path.x[i - 1], path.y[i - 1], path.x[i], path.y[i], radius + softness / 2, softness, coverage, side);
  }
}

function rasterizeLine(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  reach: number,
  softness: number,
  coverage: Float64Array,
  side: number,
): void {
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach - 0.5));
  const right = Math.min(side - 1, Math.floor(Math.max(x0, x1) + reach - 0.5));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach - 0.5));
  const bottom = Math.min(side - 1, Math.floor(Math.max(y0, y1) + reach - 0.5));
  const dx = x1 - x0;
  const dy = y1 - y0;
  const inverseLength2 = 1 / Math.max(dx * dx + dy * dy, 1e-12);
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const px = column + 0.5 - x0;
      const py = row + 0.5 - y0;
      const along = Math.min(Math.max((px * dx + py * dy) * inverseLength2, 0), 1);
      const ex = px - along * dx;
      const ey = py - along * dy;
      const covered = (reach - Math.sqrt(ex * ex + ey * ey)) / softness;
      const at = row * side + column;
      if (covered > coverage[at]) coverage[at] = Math.min(covered, 1);
    }
  }
}
