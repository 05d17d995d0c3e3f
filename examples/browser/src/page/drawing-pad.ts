import type { Point, Stroke } from '../digit/stroke.ts';

/** The pen's width as a share of the pad's. */
const penWidth = 0.06;

/** A canvas to draw on with mouse, pen, finger or, by {@link useKeyboardPen}, the keyboard. */
export class DrawingPad {
  readonly #canvas: HTMLCanvasElement;
  readonly #onChange: (strokes: readonly Stroke[]) => void;
  readonly #context: CanvasRenderingContext2D;
  #strokes: Point[][] = [];
  #cursor: Point | undefined;
  /** The pointer that is drawing: a second finger does not join in. */
  #pointer: number | undefined;

  /** @param onChange - hears of every new point, and of the empty pad */
  constructor(canvas: HTMLCanvasElement, onChange: (strokes: readonly Stroke[]) => void) {
    const context = canvas.getContext('2d');
    if (context === null) throw new TypeError('DrawingPad: the browser must have a 2D canvas, got none');
    this.#canvas = canvas;
    this.#context = context;
    this.#onChange = onChange;
    canvas.addEventListener('pointerdown', (event) => this.#begin(event));
    canvas.addEventListener('pointermove', (event) => this.#go(event));
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const) {
      canvas.addEventListener(end, ({ pointerId }) => {
        if (pointerId === this.#pointer) this.#pointer = undefined;
      });
    }
    this.#paint();
  }

  get strokes(): readonly Stroke[] {
    return this.#strokes;
  }

  /** Puts the pen down. */
  moveTo(point: Point): void {
    this.#strokes.push([point]);
    this.#changed();
  }

  /** Draws on from where the pen is. */
  lineTo(point: Point): void {
    this.#strokes.at(-1)?.push(point);
    this.#changed();
  }

  clear(): void {
    this.#strokes = [];
    this.#pointer = undefined;
    this.#changed();
  }

  /** Shows where a pen hangs that is not a pointer. */
  showCursor(at: Point | undefined): void {
    this.#cursor = at;
    this.#paint();
  }

  #begin(event: PointerEvent): void {
    if (event.button !== 0 || this.#pointer !== undefined) return;
    this.#canvas.setPointerCapture(event.pointerId);
    this.#pointer = event.pointerId;
    this.moveTo(this.#place(event));
  }

  #go(event: PointerEvent): void {
    if (event.pointerId !== this.#pointer) return;
    const moves = event.getCoalescedEvents();
    for (const move of moves.length > 0 ? moves : [event]) this.#strokes.at(-1)?.push(this.#place(move));
    this.#changed();
  }

  #place({ clientX, clientY }: PointerEvent): Point {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }

  #changed(): void {
    this.#paint();
    this.#onChange(this.#strokes);
  }

  #paint(): void {
    const { width, height } = this.#canvas;
    const context = this.#context;
    context.clearRect(0, 0, width, height);
    context.lineWidth = penWidth * width;
    context.lineCap = context.lineJoin = 'round';
    context.strokeStyle = context.fillStyle = '#ffffff';
    for (const stroke of this.#strokes) {
      context.beginPath();
      // A line of no length has round caps, so a single point is a dot.
      for (const { x, y } of [stroke[0], ...stroke]) context.lineTo(x * width, y * height);
      context.stroke();
    }
    if (this.#cursor === undefined) return;
    context.beginPath();
    context.arc(this.#cursor.x * width, this.#cursor.y * height, (penWidth / 2) * width, 0, 2 * Math.PI);
    context.lineWidth = 3;
    context.strokeStyle = '#f59e4b';
    context.stroke();
  }
}
