import type { HostRandom } from '../random/host-random.ts';
import type { PenPath } from './pen-path.ts';

/** Knots a side: three spans over the unit square, with the border that a cubic spline needs. */
const side = 6;

/** A smooth random displacement of the unit square: a uniform cubic B-spline surface over random knots. */
export class ElasticField {
  readonly #dx = new Float64Array(side * side);
  readonly #dy = new Float64Array(side * side);
  readonly #weights = new Float64Array(8);

  /** Draws a new field of deviation `strength` at the knots. */
  draw(strength: number, random: HostRandom): void {
    for (let i = 0; i < side * side; i++) {
      this.#dx[i] = strength * random.bell();
      this.#dy[i] = strength * random.bell();
    }
  }

  /** Moves every point of `path`. */
  apply(path: PenPath): void {
    for (let i = 0; i < path.length; i++) {
      const column = this.#span(path.x[i], 0);
      const row = this.#span(path.y[i], 4);
      let dx = 0;
      let dy = 0;
      for (let r = 0; r < 4; r++) {
        for (let c = 0; c < 4; c++) {
          const weight = this.#weights[c] * this.#weights[4 + r];
          dx += weight * this.#dx[(row + r) * side + column + c];
          dy += weight * this.#dy[(row + r) * side + column + c];
        }
      }
      path.x[i] += dx;
      path.y[i] += dy;
    }
  }

  /** The span that holds `position`, and the weights of its four knots from `at` on. */
  #span(position: number, at: number): number {
    const scaled = Math.min(Math.max(position, 0), 1) * (side - 3);
    const span = Math.min(Math.floor(scaled), side - 4);
    const t = scaled - span;
    const s = 1 - t;
    this.#weights[at] = (s * s * s) / 6;
    this.#weights[at + 1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    this.#weights[at + 2] = (3 * s * s * s - 6 * s * s + 4) / 6;
    this.#weights[at + 3] = (t * t * t) / 6;
    return span;
  }
}
