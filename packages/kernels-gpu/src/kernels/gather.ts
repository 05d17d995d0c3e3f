import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel } from '../machine.ts';
import { aroundAxis } from './around-axis.ts';
import { native } from './native-program.ts';
import { element, lanes } from './natives.ts';

export const gather: Kernel<'gather'> = (machine, [x, index], { axis }, out) => {
  const [, extent, inner] = aroundAxis(x.shape, axis);
  machine.launch(gathered, [x, index], out, { ints: [extent, index.shape[axis], inner] });
};

export const indexSelect: Kernel<'indexSelect'> = (machine, [x, index], { axis }, out) => {
  const [, extent, inner] = aroundAxis(x.shape, axis);
  machine.launch(inner % 4 === 0 ? selectedTexels : selected, [x, index], out, { ints: [extent, out.shape[axis], inner] });
};

const ints = ['extent', 'count', 'inner'];

const gathered: Program = native('gather', ['x', 'index'], ints, (g) => [
  element(g, 'x'),
  element(g, 'index'),
  one(`${lineOf(g)} return atx(${picked(g, 'atindex(i)')});`),
  lanes(g, 'texel', 'one'),
]);

const selected: Program = native('indexSelect', ['x', 'index'], ints, (g) => [
  element(g, 'x'),
  element(g, 'index'),
  one(`${lineOf(g)} return atx(${picked(g, 'atindex(r)')});`),
  lanes(g, 'texel', 'one'),
]);

/** Where slices are whole texels. */
const selectedTexels: Program = native('indexSelect texels', ['x', 'index'], ints, (g) => [
  element(g, 'index'),
  {
    name: 'texel',
    returns: 'vec4',
    parameters: [],
    body: `${g.declare('int', 'i', `${g.thread} * 4`)} ${lineOf(g)} return ${g.texel('x', `(${picked(g, 'atindex(r)')}) >> 2`)};`,
  },
]);

/** `one(i)`: the value of element `i`. */
function one(body: string): Native {
  return { name: 'one', returns: 'float', parameters: [['i', 'int']], body };
}

/** Splits output `i` of `[…, count, inner]` into `a`, `r`, `j`. */
function lineOf(g: Language): string {
  const [count, inner] = [g.argument('count'), g.argument('inner')];
  return `${g.declare('int', 'p', `i / ${inner}`)} ${g.declare('int', 'j', `i - p * ${inner}`)}
    ${g.declare('int', 'a', `p / ${count}`)} ${g.declare('int', 'r', `p - a * ${count}`)}`;
}

/** The element of x that an index picks; one out of range picks the nearest. */
function picked(g: Language, index: string): string {
  const [extent, inner] = [g.argument('extent'), g.argument('inner')];
  return `(a * ${extent} + max(0, min(int(${index}), ${extent} - 1))) * ${inner} + j`;
}
