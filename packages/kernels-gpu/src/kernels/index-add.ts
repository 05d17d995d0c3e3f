import { sizeOf } from '@dl/kernels';
import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel } from '../machine.ts';
import { aroundAxis } from './around-axis.ts';
import { fill } from './create.ts';
import { native } from './native-program.ts';
import { element, lanes } from './natives.ts';
import { nearest } from './nearest.ts';

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
  machine.launch(firsts, [index], first, { ints: [count] });
  machine.launch(nexts, [index], next, { ints: [count] });
  machine.launch(inner % 4 === 0 ? addedTexels : added, [src, first, next], out, { ints: [extent, count, inner] });
};

/** `[extent]`: where the index first is this, or how many indices there are. */
const firsts: Program = native('indexAdd first', ['index'], ['count'], (g) => {
  const count = g.argument('count');
  const step = (l: number) => `t = q * 4 + ${l}; d = int(v[${l}]) - e;
    if (t < ${count} && d >= 0 && d < 4) { r[d] = min(r[d], float(t)); }`;
  const body = `${g.declare('int', 'e', `${g.thread} * 4`)} ${none(g)} ${g.declare('int', 't', '0')} ${g.declare('int', 'd', '0')}
    ${indices(g, '0', `if (nearest(v, float(e + 1)) < 2.5) { ${[0, 1, 2, 3].map(step).join(' ')} }`)}
    return r;`;
  return [nearest(g), { name: 'texel', returns: 'vec4', parameters: [], body }];
});

/** `[count]`: where the index is next the same, or how many indices there are. */
const nexts: Program = native('indexAdd next', ['index'], ['count'], (g) => {
  const count = g.argument('count');
  const step = (k: number, l: number) => `t = q * 4 + ${l};
    if (t > i + ${k} && t < ${count} && int(v[${l}]) == int(own[${k}])) { r[${k}] = min(r[${k}], float(t)); }`;
  const steps = (k: number) => `if (nearest(v, own[${k}]) < 0.5) { ${[0, 1, 2, 3].map((l) => step(k, l)).join(' ')} }`;
  const body = `${g.declare('int', 'i', `${g.thread} * 4`)} ${none(g)} ${g.declare('int', 't', '0')}
    ${g.declare('vec4', 'own', g.texel('index', g.thread))}
    ${indices(g, g.thread, [0, 1, 2, 3].map(steps).join(' '))}
    return r;`;
  return [nearest(g), { name: 'texel', returns: 'vec4', parameters: [], body }];
});

function none(g: Language): string {
  const count = `float(${g.argument('count')})`;
  return g.declare('vec4', 'r', `vec4(${count}, ${count}, ${count}, ${count})`);
}

/** Runs `look` with each texel `v` of the indices. */
function indices(g: Language, begin: string, look: string): string {
  return g.loop('q', begin, `(${g.argument('count')} + 3) >> 2`, `${g.declare('vec4', 'v', g.texel('index', 'q'))} ${look}`);
}

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
