import type { HostRandom } from '../random/host-random.ts';
import { drawOutline, type Outline } from './outline.ts';

/** What {@link ShapeArtist} drew: bytes `[3, h, w]`, and the number of the shape at each pixel, from 1, 0 where there is none. */
export interface Drawing {
  readonly pixels: Uint8Array;
  readonly numbers: Uint8Array;
  /** Class by shape. */
  readonly labels: readonly number[];
}

/** Attempts to find a place for a shape before it is left out. */
const attempts = 20;

/** Share of a shape that another one may hide. */
const mostHidden = 0.2;

/** Distance of a shape's colour from that of the ground. */
const leastContrast = 100;

/**
 * Draws circles, squares and triangles. Everything is made of sums, products, quotients and comparisons, which are equal on every machine.
 */
export class ShapeArtist {
  readonly #height: number;
  readonly #width: number;
  readonly #noise: number;

  /** @param noise - how far the grain moves a byte at most */
  constructor(height: number, width: number, noise: number) {
    this.#height = height;
    this.#width = width;
    this.#noise = noise;
  }

  /** Draws shapes of these classes on noise; one that finds no place is left out, but never the first. */
  draw(classes: readonly number[], random: HostRandom): Drawing {
    const plane = this.#height * this.#width;
    const numbers = new Uint8Array(plane);
    const colors = [drawColor(random)];
    const areas: number[] = [];
    const labels: number[] = [];
    for (const label of classes) {
      const placed = this.#place(label, numbers, areas, random);
      if (placed === undefined) continue;
      labels.push(label);
      areas.push(placed.length);
      for (const at of placed) {
        if (numbers[at] > 0) areas[numbers[at] - 1]--;
        numbers[at] = labels.length;
      }
      colors.push(drawContrast(colors[0], random));
    }
    const pixels = new Uint8Array(3 * plane);
    let bits = 0;
    for (let i = 0; i < pixels.length; i++) {
      bits = i % 4 === 0 ? random.word() : bits >>> 8;
      const grain = ((bits & 255) / 127.5 - 1) * this.#noise;
      const value = colors[numbers[i % plane]][Math.floor(i / plane)] + grain;
      pixels[i] = Math.floor(Math.min(Math.max(value, 0), 255));
    }
    return { pixels, numbers, labels };
  }

  /** The pixels of a shape that hides little of what is seen of each other. */
  #place(label: number, numbers: Uint8Array, areas: readonly number[], random: HostRandom): readonly number[] | undefined {
    for (let i = 0; i < attempts; i++) {
      const pixels = this.#rasterize(this.#drawPlace(label, random));
      const hidden = new Array<number>(areas.length).fill(0);
      for (const at of pixels) if (numbers[at] > 0) hidden[numbers[at] - 1]++;
      if (hidden.every((count, other) => count <= mostHidden * areas[other])) return pixels;
    }
    return undefined;
  }

  #drawPlace(label: number, random: HostRandom): Outline {
    const side = Math.min(this.#height, this.#width);
    const radius = random.uniform(0.12, 0.25) * side;
    return drawOutline(
      label,
      random.uniform(radius, this.#width - radius),
      random.uniform(radius, this.#height - radius),
      radius,
      random,
    );
  }

  #rasterize({ left, top, right, bottom, contains }: Outline): readonly number[] {
    const pixels: number[] = [];
    for (let y = Math.max(0, Math.floor(top)); y < Math.min(this.#height, bottom); y++) {
      for (let x = Math.max(0, Math.floor(left)); x < Math.min(this.#width, right); x++) {
        if (contains(x + 0.5, y + 0.5)) pixels.push(y * this.#width + x);
      }
    }
    return pixels;
  }
}

type Color = readonly number[];

function drawColor(random: HostRandom): Color {
  return [0, 1, 2].map(() => random.uniform(0, 256));
}

/** A colour that differs well from that of the ground. */
function drawContrast(ground: Color, random: HostRandom): Color {
  for (;;) {
    const color = drawColor(random);
    const distance = color.reduce((sum, value, c) => sum + (value - ground[c]) * (value - ground[c]), 0);
    if (distance > leastContrast * leastContrast) return color;
  }
}
