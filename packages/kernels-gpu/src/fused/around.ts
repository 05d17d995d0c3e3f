import type { Native, Program } from '../kernel-source.ts';
import { native } from '../kernels/native-program.ts';
import { element, lanes, ownTexel } from '../kernels/natives.ts';
import type { Language } from '../language/language.ts';

/** How many elements a step along an axis is, and how many steps there are: names of integer arguments. */
export interface Axis {
  readonly step: string;
  readonly count: string;
}

/** How the four elements of a thread lie along an axis: at one place, at a texel of places, or anyhow. */
export type Way = 'one' | 'texel' | 'any';

/** The way along the axis of `count` places that are `step` elements apart. */
export function wayAlong(step: number, count: number): Way {
  if (step % 4 === 0) return 'one';
  return step === 1 && count % 4 === 0 ? 'texel' : 'any';
}

/** A buffer that has something for each place along an axis: at the place itself unless `at` says where. */
export interface Beside {
  /** What it is called: `of<name>()` are its four values. */
  readonly name: string;
  /** Default: as the name. */
  readonly buffer?: string;
  readonly axis: Axis;
  at?(place: string): string;
}

/** A program that reads texels in place, `own<buffer>()`, and others by the places of its elements along axes. */
export interface Pointwise {
  readonly key: string;
  readonly own: readonly string[];
  readonly beside: readonly Beside[];
  readonly ints: readonly string[];
  readonly floats?: readonly string[];
  /** Statements that return the texel. */
  value(g: Language): string;
}

/** The program; `ways` has one for each buffer beside. */
export function pointwise({ key, own, beside, ints, floats, value }: Pointwise, ways: readonly Way[]): Program {
  const others = [...new Set(beside.map(({ name, buffer = name }) => buffer))];
  return native(
    `${key} ${ways.join(' ')}`,
    [...own, ...others],
    ints,
    (g) => [
      ...own.map((buffer) => ownTexel(g, `own${buffer}`, buffer)),
      ...others.map((buffer) => element(g, buffer)),
      ...beside.flatMap((one, i) => values(g, one, ways[i])),
      { name: 'texel', returns: 'vec4', parameters: [], body: value(g) },
    ],
    floats,
  );
}

/** `of<name>()`: the values for the four elements of the thread. */
function values(g: Language, { name, buffer = name, axis, at = (place) => place }: Beside, way: Way): Native[] {
  const [step, count] = [g.argument(axis.step), g.argument(axis.count)];
  const value = (place: string) => `at${buffer}(${at(place)})`;
  const vector = (body: string): Native => ({ name: `of${name}`, returns: 'vec4', parameters: [], body });
  if (way === 'texel') return [vector(`return ${g.texel(buffer, `${g.thread} % (${count} / 4)`)};`)];
  if (way === 'one') {
    return [vector(`${g.declare('float', 'v', value(`${g.thread} * 4 / ${step} % ${count}`))} return vec4(v, v, v, v);`)];
  }
  const body = `return ${value(`i / ${step} % ${count}`)};`;
  return [{ name: `one${name}`, returns: 'float', parameters: [['i', 'int']], body }, lanes(g, `of${name}`, `one${name}`)];
}
