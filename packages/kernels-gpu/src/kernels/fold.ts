import type { ReduceFn } from '@dl/kernels';
import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import { native } from './native-program.ts';
import { element, lanes, nanTest } from './natives.ts';

/** How a thread of a fold gets at what it joins. */
export type Way = 'columns' | 'elements' | 'spans' | 'alignedSpans';

/** How two values become one. NaN stays. */
const rows: { readonly [F in ReduceFn]: (g: Language) => string } = {
  sum: () => 'a + b',
  prod: () => 'a * b',
  min: (g) => extreme(g, 'b < a'),
  max: (g) => extreme(g, 'b > a'),
};

/**
 * A program that takes x as lines of `length` elements and makes `width` outputs of each, `size` in all:
 *
 * - `elements`: output j joins the elements j, j + width, j + 2 width … of the line;
 * - `columns`: the same, four outputs at once, where lines and `width` are whole texels (of a single line, `width` only);
 * - `spans`: output j joins the elements j span … (j + 1) span - 1 of the line; `alignedSpans` where those are whole texels.
 */
export function fold(fn: ReduceFn, way: Way): Program {
  return native(
    `fold ${fn} ${way}`,
    ['x'],
    ['size', 'length', 'width', 'span'],
    (g) => [nanTest(g), joinOne(g, fn), join(), ...ways[way](g)],
    ['identity'],
  );
}

const ways: { readonly [W in Way]: (g: Language) => Native[] } = {
  columns: (g) => [between(g), columns(g)],
  elements: (g) => [element(g, 'x'), one(g, everyWidth(g)), lanes(g, 'texel', 'one')],
  spans: (g) => [between(g), one(g, span(g, false)), lanes(g, 'texel', 'one')],
  alignedSpans: (g) => [one(g, span(g, true)), lanes(g, 'texel', 'one')],
};

function extreme(g: Language, wins: string): string {
  return g.choose('isNan(a) > 0.5', 'a', g.choose(`isNan(b) > 0.5 || ${wins}`, 'b', 'a'));
}

function joinOne(g: Language, fn: ReduceFn): Native {
  const parameters = [
    ['a', 'float'],
    ['b', 'float'],
  ] as const;
  return { name: 'joinOne', returns: 'float', parameters, body: `return ${rows[fn](g)};` };
}

/** {@link joinOne}, lane by lane. */
function join(): Native {
  const parameters = [
    ['a', 'vec4'],
    ['b', 'vec4'],
  ] as const;
  const each = [0, 1, 2, 3].map((l) => `joinOne(a[${l}], b[${l}])`);
  return { name: 'join', returns: 'vec4', parameters, body: `return vec4(${each.join(', ')});` };
}

/** `between(v, first, end)`: `v` in lanes `first` to `end`, the identity in others. */
function between(g: Language): Native {
  const parameters = [
    ['v', 'vec4'],
    ['first', 'int'],
    ['end', 'int'],
  ] as const;
  const each = [0, 1, 2, 3].map((l) => g.choose(`${l} >= first && ${l} < end`, `v[${l}]`, g.argument('identity')));
  return { name: 'between', returns: 'vec4', parameters, body: `return vec4(${each.join(', ')});` };
}

/** The line `a` and the place `j` in it of output `i`. */
function place(g: Language): string {
  return `${g.declare('int', 'a', `i / ${g.argument('width')}`)} ${g.declare('int', 'j', `i - a * ${g.argument('width')}`)}`;
}

/** What nothing was joined to yet. */
function nothing(g: Language): string {
  const identity = g.argument('identity');
  return g.declare('vec4', 'r', `vec4(${identity}, ${identity}, ${identity}, ${identity})`);
}

function columns(g: Language): Native {
  const [length, width] = [g.argument('length'), g.argument('width')];
  const body = `${g.declare('int', 'i', `${g.thread} * 4`)} ${place(g)} ${nothing(g)}
    ${g.declare('int', 'last', `(${length} - 1 - j) / ${width}`)}
    ${g.declare('int', 'at', `(a * ${length} + j) >> 2`)}
    ${g.loop('k', 0, 'last', `r = join(r, ${g.texel('x', 'at')}); at += ${width} >> 2;`)}
    return join(r, between(${g.texel('x', 'at')}, 0, ${length} - j - last * ${width}));`;
  return { name: 'texel', returns: 'vec4', parameters: [], body };
}

/** `one(i)`: output `i`. Lanes behind the last one have nothing to do. */
function one(g: Language, body: string): Native {
  const skip = `if (i >= ${g.argument('size')}) { return 0.0; }`;
  return { name: 'one', returns: 'float', parameters: [['i', 'int']], body: `${skip} ${place(g)} ${body}` };
}

function everyWidth(g: Language): string {
  const [length, width] = [g.argument('length'), g.argument('width')];
  return `${g.declare('float', 'r', g.argument('identity'))} ${g.declare('int', 'at', `a * ${length} + j`)}
    ${g.loop('k', 0, `(${length} - 1 - j) / ${width} + 1`, `r = joinOne(r, atx(at)); at += ${width};`)}
    return r;`;
}

function span(g: Language, isAligned: boolean): string {
  const [length, size] = [g.argument('length'), g.argument('span')];
  const texel = g.texel('x', 'q');
  const masked = `between(${texel}, begin - q * 4, end - q * 4)`;
  return `${nothing(g)}
    ${g.declare('int', 'begin', `a * ${length} + j * ${size}`)}
    ${g.declare('int', 'end', `min(begin + ${size}, (a + 1) * ${length})`)}
    ${g.loop('q', 'begin >> 2', '(end + 3) >> 2', `r = join(r, ${isAligned ? texel : masked});`)}
    return joinOne(joinOne(r[0], r[1]), joinOne(r[2], r[3]));`;
}
