import { digitImage } from '../digit/digit-image.ts';
import { byId } from './by-id.ts';
import { ClassBars } from './class-bars.ts';
import { DrawingPad } from './drawing-pad.ts';
import { useKeyboardPen } from './keyboard-pen.ts';
import { LatestOnly } from './latest-only.ts';
import { showImage } from './show-image.ts';

/** The drawing, and what the network takes it for. */
export class RecognitionPanel {
  readonly #seen: HTMLCanvasElement = byId('seen', HTMLCanvasElement);
  readonly #verdict: HTMLElement = byId('verdict', HTMLElement);
  readonly #bars: ClassBars = new ClassBars(byId('classes', HTMLElement));
  readonly #pad: DrawingPad = new DrawingPad(byId('pad', HTMLCanvasElement), () => this.#changed());
  /** What the page says while there is no network to ask. */
  readonly #invitation: string = this.#verdict.textContent;
  #images: LatestOnly<Float32Array> | undefined;

  constructor() {
    useKeyboardPen(byId('pad-frame', HTMLElement), this.#pad);
    byId('clear', HTMLButtonElement).addEventListener('click', () => this.#pad.clear());
    showImage(this.#seen, digitImage([]));
  }

  /** From now on there is a network to ask, which answers by {@link show}. */
  connect(recognise: (image: Float32Array) => void): void {
    this.#images = new LatestOnly(recognise);
    this.#forget();
    this.ask();
  }

  /** There is no network. */
  disconnect(): void {
    this.#images = undefined;
    this.#forget();
  }

  /** Asks what the drawing is: the network may have learnt since. */
  ask(): void {
    const { strokes } = this.#pad;
    if (strokes.length > 0) this.#images?.push(digitImage(strokes));
  }

  show(probabilities: readonly number[]): void {
    this.#images?.answered();
    // The pad may have been cleared since it was asked.
    if (this.#pad.strokes.length === 0) return;
    this.#verdict.textContent = `This looks like a ${this.#bars.show(probabilities)}.`;
  }

  #changed(): void {
    showImage(this.#seen, digitImage(this.#pad.strokes));
    if (this.#pad.strokes.length > 0) this.ask();
    else this.#forget();
  }

  #forget(): void {
    this.#bars.clear();
    this.#verdict.textContent = this.#images === undefined ? this.#invitation : '';
  }
}
