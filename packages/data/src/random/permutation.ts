import { HostRandom, type Stream } from './host-random.ts';

/**
 * The integers below `n` in random order (Fisher–Yates), which depends on (seed, stream, index) alone.
 *
 * @throws ArgumentError when the seed is no non-negative integer
 */
export function permutation(n: number, seed: number, stream: Stream, index: number): Uint32Array {
  const random = new HostRandom('permutation', seed, stream, index);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.below(i + 1);
    const other = order[j];
    order[j] = order[i];
    order[i] = other;
  }
  return order;
}
