import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';

/** A program whose kernel is one native, `texel()`: what gpu.js' JavaScript has no integers for. */
export function native(
  key: string,
  buffers: readonly string[],
  ints: readonly string[],
  natives: (g: Language) => readonly Native[],
  floats: readonly string[] = [],
): Program {
  return {
    key,
    source: (g) => ({ buffers, ints, floats, natives: natives(g), body: 'const v = texel(); return [v[0], v[1], v[2], v[3]];' }),
  };
}
