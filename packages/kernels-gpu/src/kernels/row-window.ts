import type { Language } from '../language/language.ts';

/**
 * The texels of a row that hold what the four elements of a texel need for some taps, known before any size is: tap `t` of lane `l` lies
 * `offsets[t][l]` elements behind the first element of texel `base`.
 */
export class RowWindow {
  /** Where the texels lie, from `base`, ascending. */
  readonly texels: readonly number[];
  readonly #offsets: readonly (readonly number[])[];

  constructor(offsets: readonly (readonly number[])[]) {
    this.#offsets = offsets;
    this.texels = [...new Set(offsets.flat().map((offset) => Math.floor(offset / 4)))].sort((a, b) => a - b);
  }

  /** Offsets of taps `first` to `last - 1`, `dilation` apart, for lanes that are `step` apart. */
  static of(first: number, last: number, step: number, dilation: number, shift: number): RowWindow {
    const taps = Array.from({ length: last - first }, (_, i) => (first + i) * dilation + shift);
    return new RowWindow(taps.map((tap) => [0, 1, 2, 3].map((l) => l * step + tap)));
  }

  /** The local that holds a texel. */
  local(texel: number): string {
    return `x${this.texels.indexOf(texel)}`;
  }

  /** Declares the locals of all texels: `base` is one of the `width` texels of a row that begins at texel `row`; outside of it they are `nothing`. */
  load(g: Language, buffer: string, row: string, base: string, width: string, nothing = 'vec4(0.0, 0.0, 0.0, 0.0)'): string {
    return this.texels
      .map((texel) => g.declare('vec4', this.local(texel), nothing) + this.assign(g, texel, buffer, row, base, width))
      .join('\n');
  }

  /** Loads one of the texels, unless it lies outside of the row. */
  assign(g: Language, texel: number, buffer: string, row: string, base: string, width: string): string {
    const at = `${base} + ${texel}`;
    return ` if (${at} >= 0 && ${at} < ${width}) { ${this.local(texel)} = ${g.texel(buffer, `${row} + ${at}`)}; }`;
  }

  /** An element. */
  element(tap: number, lane: number): string {
    const offset = this.#offsets[tap][lane];
    const texel = Math.floor(offset / 4);
    return `${this.local(texel)}[${offset - 4 * texel}]`;
  }

  /** The elements of a tap in the four lanes. */
  lanes(tap: number): string {
    return `vec4(${[0, 1, 2, 3].map((lane) => this.element(tap, lane)).join(', ')})`;
  }
}
