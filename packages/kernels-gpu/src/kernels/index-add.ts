import { sizeOf } from '@dl/kernels';
import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel } from '../machine.ts';
import { aroundAxis } from './around-axis.ts';
import { fill } from './create.ts';
import { native } from './native-program.ts';
import { element, lanes } from './natives.ts';

/**
 * A thread cannot write where an index says. So each place of the axis looks once for the first index that means it, and each index for the
 * next one that means the same; every output then follows its chain.
 */
export const indexAdd: Kernel<'indexAdd'> = (machine, [index, src], { axis }, out) => {
  const [, extent, inner] = aroundAxis(out.shape, axis);
  const count = src.shape[axis];
  if (sizeOf(src.shape) === 0) return fill(machine, [], { value: 0 }, out);
  const first = machine.scratch({ shape: [extent], dtype: 'int32' });
  const next = machine.scratch({ shape: [count], dtype: 'int32' });
  machine.launch(firsts, [index], first, { ints: [count, extent] });
  machine.launch(nexts, [index], next, { ints: [count, count] });
  machine.launch(inner % 4 === 0 ? addedTexels : added, [src, first, next], out, { ints: [extent, count, inner] });
};

/** `find(e, t)`: where at or after `t` the index is `e`, or how many indices there are. */
function find(g: Language): Native {
  const parameters = [
    ['e', 'int'],
    ['t', 'int'],
  ] as const;
  const step = (l: number) =>
    `if (int(v[${l}]) == e && q * 4 + ${l} >= t && q * 4 + ${l} < ${g.argument('count')}) { return q * 4 + ${l}; }`;
  const body = `${g.loop(
    'q',
    't >> 2',
    `(${g.argument('count')} + 3) >> 2`,
    `${g.declare('vec4', 'v', g.texel('index', 'q'))} ${[0, 1, 2, 3].map(step).join(' ')}`,
  )} return ${g.argument('count')};`;
  return { name: 'find', returns: 'int', parameters, body };
}

const firsts: Program = native('indexAdd first', ['index'], ['count', 'size'], (g) => [
  find(g),
  one(`if (i >= ${g.argument('size')}) { return 0.0; } return float(find(i, 0));`),
  lanes(g, 'texel', 'one'),
]);

const nexts: Program = native('indexAdd next', ['index'], ['count', 'size'], (g) => [
  find(g),
  element(g, 'index'),
  one(`if (i >= ${g.argument('size')}) { return 0.0; } return float(find(int(atindex(i)), i + 1));`),
  lanes(g, 'texel', 'one'),
]);

const buffers = ['src', 'first', 'next'];
const ints = ['extent', 'count', 'inner'];

const added: Program = native('indexAdd', buffers, ints, (g) => [
  ...buffers.map((buffer) => element(g, buffer)),
  one(`${g.declare('float', 'r', '0.0')} ${chain(g, 'r += atsrc(at);')} return r;`),
  lanes(g, 'texel', 'one'),
]);

/** Where slices are whole texels. */
const addedTexels: Program = native('indexAdd texels', buffers, ints, (g) => [
  element(g, 'first'),
  element(g, 'next'),
  {
    name: 'texel',
    returns: 'vec4',
    parameters: [],
    body: `${g.declare('int', 'i', `${g.thread} * 4`)} ${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')}
      ${chain(g, `r = r + ${g.texel('src', 'at >> 2')};`)} return r;`,
  },
]);

/** Runs `add` for each element `at` of src that goes to output `i`. */
function chain(g: Language, add: string): string {
  const [extent, count, inner] = ['extent', 'count', 'inner'].map((name) => g.argument(name));
  return `${g.declare('int', 'p', `i / ${inner}`)} ${g.declare('int', 'a', `p / ${extent}`)} ${g.declare('int', 'at', '0')}
    ${g.declare('int', 't', `int(atfirst(p - a * ${extent}))`)}
    ${g.loop('n', 0, count, `if (t >= ${count}) { break; } at = (a * ${count} + t - p) * ${inner} + i; ${add} t = int(atnext(t));`)}`;
}

/** `one(i)`: the value of element `i`. */
function one(body: string): Native {
  return { name: 'one', returns: 'float', parameters: [['i', 'int']], body };
}
