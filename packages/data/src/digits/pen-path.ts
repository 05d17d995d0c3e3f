/** Most points that a path can have: more than the longest template and its clutter take. */
const capacity = 256;

/** Points of pen strokes; `penDown[i]` tells whether the pen draws from point i - 1 to point i. */
export class PenPath {
  readonly x: Float64Array = new Float64Array(capacity);
  readonly y: Float64Array = new Float64Array(capacity);
  readonly penDown: Uint8Array = new Uint8Array(capacity);
  length = 0;

  clear(): void {
    this.length = 0;
  }

  /** Lifts the pen and puts it down at (x, y). */
  moveTo(x: number, y: number): void {
    this.#add(x, y, 0);
  }

  /** Draws to (x, y). */
  lineTo(x: number, y: number): void {
    this.#add(x, y, 1);
  }

  #add(x: number, y: number, penDown: number): void {
    this.x[this.length] = x;
    this.y[this.length] = y;
    this.penDown[this.length++] = penDown;
  }
}
