import type { Native } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';

/** `nearest(v, c)`: how far the nearest of four elements is from `c`. It spares the look at each of them, since few indices hit. */
export function nearest(g: Language): Native {
  const parameters = [
    ['v', 'vec4'],
    ['c', 'float'],
  ] as const;
  const body = `${g.declare('vec4', 'd', 'abs(v - vec4(c, c, c, c))')} return min(min(d[0], d[1]), min(d[2], d[3]));`;
  return { name: 'nearest', returns: 'float', parameters, body };
}
