import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel, Machine, Operand } from '../machine.ts';
import { aroundAxis } from './around-axis.ts';
import { native } from './native-program.ts';
import { element, lanes } from './natives.ts';

/** How a thread gets at the elements of an axis: texel by texel along it, across four neighbours of it, or one by one. */
type Way = 'along' | 'across' | 'single';

/** Elements of an axis that are one part. */
const span = 32;

export const cumulativeSum: Kernel<'cumulativeSum'> = (machine, [x], { axis, exclusive, reverse }, out) => {
  scan(machine, x, aroundAxis(x.shape, axis), exclusive, reverse, out);
};

/** Each output is the sum of its part up to its place, and of the parts before: the exclusive cumulative sum of their totals. */
function scan(
  machine: Machine,
  x: Operand,
  [outer, extent, inner]: readonly [number, number, number],
  exclusive: boolean,
  reverse: boolean,
  out: Operand,
): void {
  const way = inner === 1 ? 'along' : inner % 4 === 0 ? 'across' : 'single';
  const skip = exclusive ? 1 : 0;
  if (extent <= 2 * span) {
    machine.launch(prefix(way, reverse, false), [x], out, { ints: [extent, inner, extent, skip] });
    return;
  }
  const parts = Math.ceil(extent / span);
  const spec = { shape: [outer, parts, inner], dtype: x.dtype };
  const totals = machine.scratch(spec);
  const before = machine.scratch(spec);
  machine.launch(total(way), [x], totals, { ints: [extent, inner, span] });
  scan(machine, totals, [outer, parts, inner], true, reverse, before);
  machine.launch(prefix(way, reverse, true), [x, before], out, { ints: [extent, inner, span, skip] });
}

/** Sums of parts of `span` elements of the middle of `[…, extent, inner]`. */
function total(way: Way): Program {
  return native(`cumulativeSum total ${way}`, ['x'], ['extent', 'inner', 'span'], (g) => {
    const [extent, inner, size] = ['extent', 'inner', 'span'].map((name) => g.argument(name));
    return natives(
      g,
      way,
      `${g.declare('int', 'p', `i / ${inner}`)} ${g.declare('int', 'j', `i - p * ${inner}`)} ${g.declare('int', 'a', `p / ${parts(g)}`)}
      ${g.declare('int', 'begin', `(p - a * ${parts(g)}) * ${size}`)} ${g.declare('int', 'end', `min(begin + ${size}, ${extent})`)}`,
    );
  });
}

/** Sums in each part up to every place; with `hasBefore`, what comes before the part is added. */
function prefix(way: Way, reverse: boolean, hasBefore: boolean): Program {
  const key = `cumulativeSum ${way} ${reverse ? 'reverse' : 'forward'}${hasBefore ? ' of parts' : ''}`;
  return native(key, hasBefore ? ['x', 'before'] : ['x'], ['extent', 'inner', 'span', 'skip'], (g) => {
    const [extent, inner, size, skip] = ['extent', 'inner', 'span', 'skip'].map((name) => g.argument(name));
    const [begin, end] = reverse
      ? [`k + ${skip}`, `min((part + 1) * ${size}, ${extent})`]
      : [`part * ${size}`, `k + 1 - ${skip}`];
    const place = `${g.declare('int', 'p', `i / ${inner}`)} ${g.declare('int', 'j', `i - p * ${inner}`)}
      ${g.declare('int', 'a', `p / ${extent}`)} ${g.declare('int', 'k', `p - a * ${extent}`)} ${g.declare('int', 'part', `k / ${size}`)}
      ${g.declare('int', 'begin', begin)} ${g.declare('int', 'end', end)}`;
    return natives(g, way, place, hasBefore ? `(a * ${parts(g)} + part) * ${inner} + j` : undefined);
  });
}

/** Parts of a line. */
function parts(g: Language): string {
  return `((${g.argument('extent')} + ${g.argument('span')} - 1) / ${g.argument('span')})`;
}

/** Output `i` is the sum of elements `begin` to `end` of line `a` at `j`, which `place` declares, and of an element of `before`. */
function natives(g: Language, way: Way, place: string, before?: string): Native[] {
  const at = `(a * ${g.argument('extent')} + t) * ${g.argument('inner')} + j`;
  if (way === 'across') {
    const first = before === undefined ? 'vec4(0.0, 0.0, 0.0, 0.0)' : g.texel('before', `(${before}) >> 2`);
    const body = `${g.declare('int', 'i', `${g.thread} * 4`)} ${place} ${g.declare('vec4', 'r', first)}
      ${g.loop('t', 'begin', 'end', `r = r + ${g.texel('x', `(${at}) >> 2`)};`)} return r;`;
    return [{ name: 'texel', returns: 'vec4', parameters: [], body }];
  }
  const loop = way === 'along' ? along(g) : g.loop('t', 'begin', 'end', `r += atx(${at});`);
  const first = before === undefined ? '0.0' : `atbefore(${before})`;
  const body = `${place} ${g.declare('float', 'r', first)} ${loop} return r;`;
  const elements = before === undefined ? [element(g, 'x')] : [element(g, 'x'), element(g, 'before')];
  return [...elements, { name: 'one', returns: 'float', parameters: [['i', 'int']], body }, lanes(g, 'texel', 'one')];
}

function along(g: Language): string {
  const term = (l: number) => g.choose(`t + ${l} >= begin && t + ${l} < end`, `v[${l}]`, '0.0');
  return `${g.declare('int', 'line', `a * ${g.argument('extent')}`)}
    ${g.loop(
      'q',
      '(line + begin) >> 2',
      '(line + end + 3) >> 2',
      `${g.declare('vec4', 'v', g.texel('x', 'q'))} ${g.declare('int', 't', 'q * 4 - line')} r += ${[0, 1, 2, 3].map(term).join(' + ')};`,
    )}`;
}
