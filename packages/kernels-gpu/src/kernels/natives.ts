import type { Native } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';

/** Names of integer arguments: `d0 d1 …`. */
export function numbered(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i}`);
}

/** `at<Buffer>(i)`: element `i` of a buffer. */
export function element(g: Language, buffer: string): Native {
  const body = `${g.declare('vec4', 'v', g.texel(buffer, 'i >> 2'))} return v[i & 3];`;
  return { name: `at${buffer}`, returns: 'float', parameters: [['i', 'int']], body };
}

/** `<name>()`: what `<one>(i)` gives for each of the four elements `i` of the thread. */
export function lanes(g: Language, name: string, one: string): Native {
  const body = `${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')} ${g.loop('l', 0, 4, `r[l] = ${one}(${g.thread} * 4 + l);`)} return r;`;
  return { name, returns: 'vec4', parameters: [], body };
}

/** `<name>()`: the texel of a buffer at the thread's own place. */
export function ownTexel(g: Language, name: string, buffer: string): Native {
  return { name, returns: 'vec4', parameters: [], body: `return ${g.ownTexel(buffer)};` };
}

/**
 * Statements that split index `i` along loops with the extents of arguments `d0 d1 …`, innermost last, and add `c * stride` of each
 * coordinate to `offset`, which must be declared. `i` is used up.
 */
export function walk(g: Language, extents: readonly string[], strides: readonly string[]): string {
  let text = '';
  for (let axis = extents.length - 1; axis > 0; axis--) {
    const extent = g.argument(extents[axis]);
    text += `${g.declare('int', `q${axis}`, `rest / ${extent}`)} offset += (rest - q${axis} * ${extent}) * ${g.argument(strides[axis])}; rest = q${axis};\n`;
  }
  return `${text}offset += rest * ${g.argument(strides[0])};`;
}

/** `isNan(x)`: 1 for a NaN, else 0. By the bits, since compilers take comparisons of a value with itself for true. */
export function nanTest(g: Language): Native {
  const body = `return ${g.choose(`(${g.bits('x')} & 2147483647) > 2139095040`, '1.0', '0.0')};`;
  return { name: 'isNan', returns: 'float', parameters: [['x', 'float']], body };
}

/** `isFinite(x)`: 1 for a number, 0 for a NaN or an infinity. */
export function finiteTest(g: Language): Native {
  const body = `return ${g.choose(`(${g.bits('x')} & 2139095040) != 2139095040`, '1.0', '0.0')};`;
  return { name: 'isFinite', returns: 'float', parameters: [['x', 'float']], body };
}

/** `infinity(x)` and `nan(x)`, which come as arguments `inf` and `nan`: neither language has literals for them. The argument is not used. */
export function specials(g: Language): Native[] {
  const one = (name: string, argument: string): Native => ({
    name,
    returns: 'float',
    parameters: [['x', 'float']],
    body: `return ${g.argument(argument)};`,
  });
  return [one('infinity', 'inf'), one('notANumber', 'nan')];
}
