import { mirrored } from '../mirrored.ts';

/**
 * Smooths lines of `length` values by a Gaussian of deviation `sigma`, cut off at 4 σ; beyond the ends the values are mirrored.
 *
 * It is linear, and turning the line round turns the result round. So the even part of a line, `x[i] + x[n - 1 - i]`, and its odd part,
 * the difference, are smoothed apart, each as long as half the line, by half of the products.
 */
export class LineBlur {
  readonly #length: number;
  readonly #half: number;
  readonly #reach: number;
  /** Weights of the even and of the odd part in turn, `[half, half, 2]`. */
  readonly #weights: Float64Array;
  readonly #even: Float64Array;
  readonly #odd: Float64Array;

  constructor(length: number, sigma: number) {
    const reach = Math.ceil(4 * sigma);
    const half = Math.ceil(length / 2);
    const taps = Float64Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-0.5 * ((k - reach) / sigma) ** 2));
    const total = taps.reduce((sum, tap) => sum + tap, 0);
    this.#length = length;
    this.#half = half;
    this.#reach = reach;
    this.#weights = new Float64Array(2 * half * half);
    this.#even = new Float64Array(half);
    this.#odd = new Float64Array(half);
    const row = new Float64Array(length);
    for (let i = 0; i < half; i++) {
      row.fill(0);
      taps.forEach((tap, k) => {
        row[mirrored(i + k - reach, length)] += tap / total;
      });
      for (let j = 0; j < half; j++) {
        const other = length - 1 - j;
        // The middle of an odd length is its own mirror image, and is in the even part twice.
        const share = other === j ? 4 : 2;
        this.#weights[2 * (i * half + j)] = (row[j] + row[other]) / share;
        this.#weights[2 * (i * half + j) + 1] = (row[j] - row[other]) / share;
      }
    }
  }

  /** Smooths `lines` lines in place; the values of a line are `step` apart, the lines `lineStep`. */
  smooth(values: Float64Array, lines: number, lineStep: number, step: number): void {
    for (let line = 0; line < lines; line++) this.#smooth(values, line * lineStep, step);
  }

  #smooth(values: Float64Array, begin: number, step: number): void {
    const half = this.#half;
    const reach = this.#reach;
    const weights = this.#weights;
    const even = this.#even;
    const odd = this.#odd;
    const last = begin + (this.#length - 1) * step;
    for (let j = 0; j < half; j++) {
      const one = values[begin + j * step];
      const other = values[last - j * step];
      even[j] = one + other;
      odd[j] = one - other;
    }
    for (let i = 0; i < half; i++) {
      const end = Math.min(half, i + reach + 1);
      let evenSum = 0;
      let oddSum = 0;
      for (let j = Math.max(0, i - reach), at = 2 * (i * half + j); j < end; j++, at += 2) {
        evenSum += weights[at] * even[j];
        oddSum += weights[at + 1] * odd[j];
      }
      values[begin + i * step] = evenSum + oddSum;
      values[last - i * step] = evenSum - oddSum;
    }
  }
}
