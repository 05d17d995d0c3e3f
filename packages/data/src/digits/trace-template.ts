import type { HostRandom } from '../random/host-random.ts';
import type { PenPath } from './pen-path.ts';
import type { Piece, Template } from './templates.ts';

/** Straight lines that stand for the curve between two points of a template. */
const linesPerSpan = 5;

/** Adds the strokes of `template` to `path`, each point of them moved by a random step of deviation `jitter`. */
export function traceTemplate(template: Template, jitter: number, random: HostRandom, path: PenPath): void {
  for (const stroke of template) {
    let start: readonly [number, number] | undefined;
    for (const piece of stroke) {
      const moved = piece.map(([x, y]) => [x + jitter * random.bell(), y + jitter * random.bell()] as const);
      const points = start === undefined ? moved : [start, ...moved];
      if (start === undefined) path.moveTo(points[0][0], points[0][1]);
      tracePiece(points, path);
      start = points[points.length - 1];
    }
  }
}

/** A uniform Catmull–Rom spline through `points`, from the second on; the pen is at the first. */
function tracePiece(points: Piece, path: PenPath): void {
  for (let i = 0; i + 1 < points.length; i++) {
    const [ax, ay] = points[Math.max(i - 1, 0)];
    const [bx, by] = points[i];
    const [cx, cy] = points[i + 1];
    const [dx, dy] = points[Math.min(i + 2, points.length - 1)];
    for (let k = 1; k <= linesPerSpan; k++) {
      const t = k / linesPerSpan;
      path.lineTo(catmullRom(ax, bx, cx, dx, t), catmullRom(ay, by, cy, dy, t));
    }
  }
}

function catmullRom(a: number, b: number, c: number, d: number, t: number): number {
  return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
}
