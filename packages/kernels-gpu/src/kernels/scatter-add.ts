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
 * A thread cannot write where an index says, so each output looks for the indices that mean it. Along rows it first looks at the least and
 * the greatest index of each part: those of a pooling, for one, are almost in order.
 */
export const scatterAdd: Kernel<'scatterAdd'> = (machine, [index, src], { axis }, out) => {
  const [outer, extent, inner] = aroundAxis(out.shape, axis);
  const count = src.shape[axis];
  if (sizeOf(src.shape) === 0) return fill(machine, [], { value: 0 }, out);
  if (inner > 1) {
    machine.launch(inner % 4 === 0 ? across : single, [index, src], out, { ints: [extent, count, inner] });
    return;
  }
  const span = 4 * Math.ceil(Math.sqrt(count) / 4);
  const parts = Math.ceil(count / span);
  const range = machine.scratch({ shape: [outer, parts, 4], dtype: 'float32' });
  machine.launch(ranges, [index], range, { ints: [count, span, parts] });
  machine.launch(along(extent % 4 === 0 ? 4 : 1), [index, src, range], out, { ints: [extent, count, span, parts] });
};

/** A texel for each part of `span` indices: the least and the greatest of them. */
const ranges: Program = native('scatterAdd ranges', ['index'], ['count', 'span', 'parts'], (g) => {
  const [count, span, parts] = ['count', 'span', 'parts'].map((name) => g.argument(name));
  const body = `${g.declare('int', 'a', `${g.thread} / ${parts}`)}
    ${g.declare('int', 'begin', `a * ${count} + (${g.thread} - a * ${parts}) * ${span}`)}
    ${g.declare('int', 'end', `min(begin + ${span}, (a + 1) * ${count})`)}
    ${g.declare('float', 'least', 'atindex(begin)')} ${g.declare('float', 'most', 'least')}
    ${g.loop('t', 'begin + 1', 'end', `${g.declare('float', 'v', 'atindex(t)')} least = min(least, v); most = max(most, v);`)}
    return vec4(least, most, 0.0, 0.0);`;
  return [element(g, 'index'), { name: 'texel', returns: 'vec4', parameters: [], body }];
});

/** Rows: a thread looks for its four outputs at once, if they lie in one row, or for one after the other. */
function along(places: 4 | 1): Program {
  return native(`scatterAdd ${places} along`, ['index', 'src', 'ranges'], ['extent', 'count', 'span', 'parts'], (g) => {
    const [extent, count, span, parts] = ['extent', 'count', 'span', 'parts'].map((name) => g.argument(name));
    const isInPart = (l: number) => `q * 4 + ${l} >= begin && q * 4 + ${l} < end`;
    const own = [0, 1, 2, 3].map((l) => g.choose(isInPart(l), `v[${l}]`, '-1.0'));
    const sum = (k: number) => [0, 1, 2, 3].map((l) => g.choose(`v[${l}] == float(e + ${k})`, `s[${l}]`, '0.0')).join(' + ');
    const add = places === 4 ? `r = r + vec4(${[0, 1, 2, 3].map(sum).join(', ')});` : `r += ${sum(0)};`;
    const isNear = places === 4 ? 'nearest(v, float(e + 1)) < 2.5' : 'nearest(v, float(e)) < 0.5';
    const look = `${g.declare('vec4', 'v', g.texel('index', 'q'))}
      if (${isNear}) { v = vec4(${own.join(', ')}); ${g.declare('vec4', 's', g.texel('src', 'q'))} ${add} }`;
    const search = `${g.declare('int', 'a', `i / ${extent}`)} ${g.declare('int', 'e', `i - a * ${extent}`)}
      ${g.declare('int', 'begin', '0')} ${g.declare('int', 'end', '0')}
      ${g.loop(
        'part',
        0,
        parts,
        `${g.declare('vec4', 'range', g.texel('ranges', `a * ${parts} + part`))}
        if (range[0] < float(e + ${places}) && range[1] >= float(e)) {
          begin = a * ${count} + part * ${span}; end = min(begin + ${span}, (a + 1) * ${count});
          ${g.loop('q', 'begin >> 2', '(end + 3) >> 2', look)}
        }`,
      )}
      return r;`;
    const zero = g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)');
    if (places === 4) return [nearest(g), texel(`${g.declare('int', 'i', `${g.thread} * 4`)} ${zero} ${search}`)];
    return [nearest(g), one(`${g.declare('float', 'r', '0.0')} ${search}`), lanes(g, 'texel', 'one')];
  });
}

const ints = ['extent', 'count', 'inner'];

/** Where columns are whole texels. */
const across: Program = native('scatterAdd across', ['index', 'src'], ints, (g) => {
  const isHit = [0, 1, 2, 3].map((l) => `int(v[${l}]) == e`);
  const step = (l: number) => `if (${isHit[l]}) { r[${l}] += s[${l}]; }`;
  const look = `${g.declare('vec4', 'v', g.texel('index', 'at >> 2'))}
    if (${isHit.join(' || ')}) { ${g.declare('vec4', 's', g.texel('src', 'at >> 2'))} ${[0, 1, 2, 3].map(step).join(' ')} }`;
  const zero = g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)');
  return [texel(`${g.declare('int', 'i', `${g.thread} * 4`)} ${zero} ${columns(g, look)} return r;`)];
});

const single: Program = native('scatterAdd single', ['index', 'src'], ints, (g) => {
  const look = 'if (int(atindex(at)) == e) { r += atsrc(at); }';
  return [
    element(g, 'index'),
    element(g, 'src'),
    one(`${g.declare('float', 'r', '0.0')} ${columns(g, look)} return r;`),
    lanes(g, 'texel', 'one'),
  ];
});

/** Runs `look` with each element `at` of the column of output `i`, which lies at place `e`. */
function columns(g: Language, look: string): string {
  const [extent, count, inner] = ['extent', 'count', 'inner'].map((name) => g.argument(name));
  return `${g.declare('int', 'p', `i / ${inner}`)} ${g.declare('int', 'a', `p / ${extent}`)} ${g.declare('int', 'e', `p - a * ${extent}`)}
    ${g.declare('int', 'at', `a * ${count} * ${inner} + i - p * ${inner}`)}
    ${g.loop('n', 0, count, `${look} at += ${inner};`)}`;
}

function texel(body: string): Native {
  return { name: 'texel', returns: 'vec4', parameters: [], body };
}

/** `one(i)`: the value of element `i`. */
function one(body: string): Native {
  return { name: 'one', returns: 'float', parameters: [['i', 'int']], body };
}
