import { sizeOf } from '@dl/kernels';
import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel } from '../machine.ts';
import { aroundAxis } from './around-axis.ts';
import { fill } from './create.ts';
import { native } from './native-program.ts';
import { element, lanes } from './natives.ts';

/** How a thread finds what its four outputs get: they share a line, they share every place of a line, or each looks for itself. */
type Way = 'along' | 'across' | 'single';

/** A thread cannot write where an index says, so each output looks for the indices that mean it. */
export const scatterAdd: Kernel<'scatterAdd'> = (machine, [index, src], { axis }, out) => {
  const [, extent, inner] = aroundAxis(out.shape, axis);
  const count = src.shape[axis];
  if (sizeOf(src.shape) === 0) return fill(machine, [], { value: 0 }, out);
  const way = inner % 4 === 0 ? 'across' : inner === 1 && extent % 4 === 0 ? 'along' : 'single';
  machine.launch(scattered(way), [index, src], out, { ints: [extent, count, inner] });
};

function scattered(way: Way): Program {
  return native(`scatterAdd ${way}`, ['index', 'src'], ['extent', 'count', 'inner'], (g) => [
    element(g, 'src'),
    ...natives[way](g),
  ]);
}

const natives: { readonly [W in Way]: (g: Language) => Native[] } = {
  along: (g) => [texel(g, along(g))],
  across: (g) => [texel(g, across(g))],
  single: (g) => [
    element(g, 'index'),
    { name: 'one', returns: 'float', parameters: [['i', 'int']], body: single(g) },
    lanes(g, 'texel', 'one'),
  ],
};

function texel(g: Language, body: string): Native {
  const begin = `${g.declare('int', 'i', `${g.thread} * 4`)} ${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')}`;
  return { name: 'texel', returns: 'vec4', parameters: [], body: `${begin} ${body} return r;` };
}

/** Splits output `i` of `[…, extent, inner]` into the place `e` of an axis and the element `at` that is first of those which may go there. */
function begin(g: Language): string {
  const [extent, count, inner] = ['extent', 'count', 'inner'].map((name) => g.argument(name));
  return `${g.declare('int', 'p', `i / ${inner}`)} ${g.declare('int', 'a', `p / ${extent}`)} ${g.declare('int', 'e', `p - a * ${extent}`)}
    ${g.declare('int', 'at', `a * ${count} * ${inner} + i - p * ${inner}`)}`;
}

function along(g: Language): string {
  const step = (l: number) => `d = int(v[${l}]) - e; t = q * 4 + ${l};
    if (t >= at && t < end && d >= 0 && d < 4) { r[d] = r[d] + atsrc(t); }`;
  return `${begin(g)} ${g.declare('int', 'end', `at + ${g.argument('count')}`)} ${g.declare('int', 'd', '0')} ${g.declare('int', 't', '0')}
    ${g.loop('q', 'at >> 2', '(end + 3) >> 2', `${g.declare('vec4', 'v', g.texel('index', 'q'))} ${[0, 1, 2, 3].map(step).join(' ')}`)}`;
}

function across(g: Language): string {
  const step = (l: number) => `if (int(v[${l}]) == e) { r[${l}] = r[${l}] + s[${l}]; }`;
  const isHit = [0, 1, 2, 3].map((l) => `int(v[${l}]) == e`).join(' || ');
  return `${begin(g)} ${g.loop(
    'n',
    0,
    g.argument('count'),
    `${g.declare('vec4', 'v', g.texel('index', 'at >> 2'))}
    if (${isHit}) { ${g.declare('vec4', 's', g.texel('src', 'at >> 2'))} ${[0, 1, 2, 3].map(step).join(' ')} }
    at += ${g.argument('inner')};`,
  )}`;
}

function single(g: Language): string {
  return `${begin(g)} ${g.declare('float', 'r', '0.0')}
    ${g.loop('n', 0, g.argument('count'), `if (int(atindex(at)) == e) { r += atsrc(at); } at += ${g.argument('inner')};`)}
    return r;`;
}
