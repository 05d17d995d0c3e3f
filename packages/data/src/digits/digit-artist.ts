import type { HostRandom } from '../random/host-random.ts';
import { ElasticField } from './elastic-field.ts';
import { PenPath } from './pen-path.ts';
import { rasterize } from './rasterize.ts';
import { readTemplates } from './templates.ts';
import { traceTemplate } from './trace-template.ts';

/** Pixels a side, as in MNIST. */
export const digitSide = 28;

/**
 * Draws digits as a hand might. Everything is made of sums, products, quotients and square roots, which are equal on every
 * machine; `sin`, `exp` and their kind are not.
 */
export class DigitArtist {
  readonly #templates = readTemplates();
  readonly #path = new PenPath();
  readonly #field = new ElasticField();
  readonly #ink = new Float64Array(digitSide * digitSide);

  /** Draws `digit` into `out`, 28×28 bytes, white on black. */
  draw(digit: number, random: HostRandom, out: Uint8Array): void {
    const path = this.#path;
    path.clear();
    const ways = this.#templates[digit];
    traceTemplate(ways[random.below(ways.length)], random.uniform(0.005, 0.03), random, path);
    this.#field.draw(random.uniform(0.02, 0.09), random);
    this.#field.apply(path);
    place(path, random);
    this.#ink.fill(0);
    const radius = random.uniform(0.6, 1.7);
    rasterize(
      path,
      radius * random.uniform(0.8, 1.1),
      radius * random.uniform(0.7, 1.1),
      random.uniform(1, 1.8),
      this.#ink,
      digitSide,
    );
    if (random.word() < 0.3 * 2 ** 32) this.#scratch(random);
    this.#develop(random, out);
  }

  /** A stray mark near the border. */
  #scratch(random: HostRandom): void {
    const path = this.#path;
    path.clear();
    const vertical = random.word() & 1;
    const across = random.word() & 1 ? random.uniform(-1, 4) : random.uniform(24, 29);
    const along = random.uniform(2, 26);
    path.moveTo(vertical ? across : along, vertical ? along : across);
    path.lineTo(path.x[0] + random.uniform(-5, 5), path.y[0] + random.uniform(-5, 5));
    rasterize(path, random.uniform(0.4, 1.2), random.uniform(0.4, 1.2), 1, this.#ink, digitSide);
  }

  /** Ink to bytes, with an uneven background. */
  #develop(random: HostRandom, out: Uint8Array): void {
    const strength = random.uniform(150, 255);
    const noise = random.uniform(0, 40) / 255;
    let bits = 0;
    for (let i = 0; i < out.length; i++) {
      bits = i % 4 === 0 ? random.word() : bits >>> 8;
      const grain = (bits & 255) * noise;
      out[i] = Math.floor(Math.min(grain + this.#ink[i] * strength, 255));
    }
  }
}

/** Puts a path of the unit square onto the pixels: stretched, slanted, turned, scaled and moved at random. */
function place(path: PenPath, random: HostRandom): void {
  const height = random.uniform(15, 22);
  const width = height * random.uniform(0.55, 1);
  const slant = 0.2 * random.bell();
  const t = 0.1 * random.bell(); // tan(angle / 2)
  const cos = (1 - t * t) / (1 + t * t);
  const sin = (2 * t) / (1 + t * t);
  const centerX = digitSide / 2 + 1.6 * random.bell();
  const centerY = digitSide / 2 + 1.6 * random.bell();
  for (let i = 0; i < path.length; i++) {
    const y = (path.y[i] - 0.5) * height;
    const x = (path.x[i] - 0.5) * width - slant * y;
    path.x[i] = centerX + cos * x - sin * y;
    path.y[i] = centerY + sin * x + cos * y;
  }
}
