import { Rng } from './rng.ts';

let generator: Rng | undefined;

/** The generator that random functions, initialisers and layers use unless given another. Its seed is arbitrary until {@link manualSeed}. */
export function defaultRng(): Rng {
  generator ??= new Rng(entropy());
  return generator;
}

/**
 * Starts the default generator over, so that what follows is the same in every run.
 *
 * @param seed - an integer in [0, 2⁵³)
 * @throws {@link ArgumentError} for another number
 * @example
 * manualSeed(3);
 * const first = defaultRng().next();
 * manualSeed(3);
 * defaultRng().next() === first // true
 */
export function manualSeed(seed: number): void {
  defaultRng().restore(new Rng(seed).state());
}

function entropy(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2));
  return (high >>> 11) * 2 ** 32 + low;
}
