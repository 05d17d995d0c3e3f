import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel } from '../machine.ts';
import { aroundAxis } from './around-axis.ts';
import { busyThreads } from './busy-threads.ts';
import { native } from './native-program.ts';
import { element, lanes, nanTest } from './natives.ts';

type Fn = 'min' | 'max';

/** How a thread gets at the elements of an axis: texel by texel along it, across four neighbours of it, or one by one. */
type Way = 'along' | 'across' | 'single';

/** Elements of an axis that a thread looks at while there are few threads. */
const few = 256;

export const argReduce: Kernel<'argReduce'> = (machine, [x], { fn, axis }, out) => {
  const [outer, extent, inner] = aroundAxis(x.shape, axis);
  const size = outer * inner;
  const way = inner === 1 ? 'along' : inner % 4 === 0 ? 'across' : 'single';
  if (extent <= few || size >= 4 * busyThreads) {
    machine.launch(search(fn, way), [x], out, { ints: [size, extent, inner, 1, extent] });
    return;
  }
  const span = 4 * Math.ceil(Math.sqrt(extent) / 4);
  const parts = Math.ceil(extent / span);
  const winners = machine.scratch({ shape: [outer, parts, inner], dtype: 'int32' });
  machine.launch(search(fn, way), [x], winners, { ints: [size * parts, extent, inner, parts, span] });
  machine.launch(final(fn), [x, winners], out, { ints: [size, extent, inner, parts] });
};

/** Sees x as `[…, extent, inner]`, its middle in `parts` of `span` elements: the index of the first extreme of each part. */
function search(fn: Fn, way: Way): Program {
  return native(`search ${fn} ${way}`, ['x'], ['size', 'extent', 'inner', 'parts', 'span'], (g) => [
    nanTest(g),
    beats(g, fn),
    element(g, 'x'),
    ...(way === 'across' ? [across(g)] : [one(way === 'along' ? along(g) : single(g), g), lanes(g, 'texel', 'one')]),
  ]);
}

/** Of the winners of all parts, the first extreme. */
function final(fn: Fn): Program {
  return native(`final ${fn}`, ['x', 'winners'], ['size', 'extent', 'inner', 'parts'], (g) => {
    const [extent, inner, parts] = ['extent', 'inner', 'parts'].map((name) => g.argument(name));
    const winnerOf = (p: string) => `atwinners((a * ${parts} + ${p}) * ${inner} + j)`;
    const elementOf = (r: string) => `atx((a * ${extent} + int(${r})) * ${inner} + j)`;
    const body = `${g.declare('int', 'a', `i / ${inner}`)} ${g.declare('int', 'j', `i - a * ${inner}`)}
      ${g.declare('float', 'winner', winnerOf('0'))} ${g.declare('float', 'best', elementOf('winner'))}
      ${g.loop(
        'p',
        1,
        parts,
        `${g.declare('float', 'r', winnerOf('p'))} ${g.declare('float', 'v', elementOf('r'))}
        if (beats(v, best) > 0.5) { best = v; winner = r; }`,
      )}
      return winner;`;
    return [nanTest(g), beats(g, fn), element(g, 'x'), element(g, 'winners'), one(body, g), lanes(g, 'texel', 'one')];
  });
}

/** `beats(v, best)`: 1 where `v` comes before `best`, which stood earlier. NaN is the greatest, and the least. */
function beats(g: Language, fn: Fn): Native {
  const wins = g.choose(`isNan(v) > 0.5 || v ${fn === 'max' ? '>' : '<'} best`, '1.0', '0.0');
  const parameters = [
    ['v', 'float'],
    ['best', 'float'],
  ] as const;
  return { name: 'beats', returns: 'float', parameters, body: `return ${g.choose('isNan(best) > 0.5', '0.0', wins)};` };
}

/** `one(i)`: output `i`. Lanes behind the last one have nothing to do. */
function one(body: string, g: Language): Native {
  return {
    name: 'one',
    returns: 'float',
    parameters: [['i', 'int']],
    body: `if (i >= ${g.argument('size')}) { return 0.0; } ${body}`,
  };
}

/** What part of which line the output `i` is about: elements `begin` to `end` of those at `line`, `inner` apart. */
function part(g: Language): string {
  const [extent, inner, parts, span] = ['extent', 'inner', 'parts', 'span'].map((name) => g.argument(name));
  return `${g.declare('int', 'p', `i / ${inner}`)} ${g.declare('int', 'a', `p / ${parts}`)}
    ${g.declare('int', 'line', `a * ${extent} * ${inner} + i - p * ${inner}`)}
    ${g.declare('int', 'begin', `(p - a * ${parts}) * ${span}`)} ${g.declare('int', 'end', `min(begin + ${span}, ${extent})`)}`;
}

function along(g: Language): string {
  const step = (l: number) =>
    `if (t + ${l} > begin && t + ${l} < end) { if (beats(v[${l}], best) > 0.5) { best = v[${l}]; winner = t + ${l}; } }`;
  return `${part(g)} ${g.declare('float', 'best', 'atx(line + begin)')} ${g.declare('int', 'winner', 'begin')}
    ${g.loop(
      'q',
      '(line + begin) >> 2',
      '(line + end + 3) >> 2',
      `${g.declare('vec4', 'v', g.texel('x', 'q'))} ${g.declare('int', 't', 'q * 4 - line')} ${[0, 1, 2, 3].map(step).join(' ')}`,
    )}
    return float(winner);`;
}

function single(g: Language): string {
  const inner = g.argument('inner');
  return `${part(g)} ${g.declare('float', 'best', `atx(line + begin * ${inner})`)} ${g.declare('int', 'winner', 'begin')}
    ${g.loop(
      'r',
      'begin + 1',
      'end',
      `${g.declare('float', 'v', `atx(line + r * ${inner})`)} if (beats(v, best) > 0.5) { best = v; winner = r; }`,
    )}
    return float(winner);`;
}

function across(g: Language): Native {
  const texel = (r: string) => g.texel('x', `(line + ${r} * ${g.argument('inner')}) >> 2`);
  const step = (l: number) => `if (beats(v[${l}], best[${l}]) > 0.5) { best[${l}] = v[${l}]; winner[${l}] = float(r); }`;
  const first = 'float(begin)';
  const body = `${g.declare('int', 'i', `${g.thread} * 4`)} ${part(g)}
    ${g.declare('vec4', 'best', texel('begin'))} ${g.declare('vec4', 'winner', `vec4(${first}, ${first}, ${first}, ${first})`)}
    ${g.loop('r', 'begin + 1', 'end', `${g.declare('vec4', 'v', texel('r'))} ${[0, 1, 2, 3].map(step).join(' ')}`)}
    return winner;`;
  return { name: 'texel', returns: 'vec4', parameters: [], body };
}
