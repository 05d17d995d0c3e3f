import type { Pair } from '@dl/kernels';
import { type PadMode, pad, type Tensor } from '@dl/tensor';
import type { Layer } from '../module/layer.ts';
import { Module } from '../module/module.ts';

/** How much is added on each side of an image: the same everywhere, or left, right, top and bottom, in PyTorch's order. */
export type Padding2d = number | readonly [left: number, right: number, top: number, bottom: number];

/** Adds pixels around images; what they are is the subclass's to say. */
export abstract class Pad2d extends Module implements Layer {
  readonly #sides: readonly [rows: Pair, columns: Pair];
  readonly #mode: PadMode;
  readonly #value: number;

  protected constructor(padding: Padding2d, mode: PadMode, value = 0) {
    super();
    const [left, right, top, bottom] = typeof padding === 'number' ? [padding, padding, padding, padding] : padding;
    this.#sides = [
      [top, bottom],
      [left, right],
    ];
    this.#mode = mode;
    this.#value = value;
  }

  /**
   * @param x - `[n, c, h, w]`
   * @returns `[n, c, top + h + bottom, left + w + right]`
   * @throws {@link ArgumentError} and {@link ShapeError} as {@link pad}
   */
  override forward(x: Tensor): Tensor {
    const others = x.shape.slice(0, -2).map((): Pair => [0, 0]);
    return pad(x, [...others, ...this.#sides], { mode: this.#mode, value: this.#value });
  }
}
