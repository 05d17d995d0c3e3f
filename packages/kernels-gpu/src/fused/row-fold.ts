import type { Native, Program } from '../kernel-source.ts';
import { busyThreads } from '../kernels/busy-threads.ts';
import { native } from '../kernels/native-program.ts';
import { element, lanes } from '../kernels/natives.ts';
import type { Language } from '../language/language.ts';
import type { Machine, Operand } from '../machine.ts';
import type { Rows } from './rows.ts';

/** Four elements of a row that are folded together; those at its ends may be of other rows. */
export interface Four {
  /** The elements of a buffer. */
  of(buffer: string): string;
  /** `value`, with `other` for what is no element of the row. */
  keep(value: string, other: string): string;
  /** The place in the row of the first of the four. It is a multiple of 4 where rows are no neighbours in memory. */
  readonly at: string;
}

/** How a row of elements becomes a texel: over shares of it first, then over what came of those. Texts are statements. */
export interface Fold {
  readonly key: string;
  readonly buffers: readonly string[];
  readonly floats?: readonly string[];
  /** What the texts below call. */
  natives?(g: Language): readonly Native[];
  /** Declares locals; `row` is the number of the row, and `size` of the elements of the share. */
  begin(g: Language): string;
  /** What is done with four elements; the passes go one after the other, each over the whole share. */
  readonly passes: readonly ((g: Language, four: Four) => string)[];
  /** What comes after each pass. The last returns the texel. */
  readonly after: readonly string[];
  /** Body of `merged(row, first, last)`: the texel of shares `first` to `last`, the last one not included. */
  merge(g: Language): string;
}

/** A fold that adds up: the first two lanes of its texels are sums over `a` and `b`, two vectors. */
export function sums(fold: Pick<Fold, 'key' | 'buffers' | 'floats' | 'natives'>, terms: Sums): Fold {
  return {
    ...fold,
    begin: (g) =>
      `${g.declare('vec4', 'a', 'vec4(0.0, 0.0, 0.0, 0.0)')} ${g.declare('vec4', 'b', 'a')} ${terms.begin?.(g) ?? ''}`,
    passes: [terms.step],
    after: [`${terms.after ?? ''} return vec4(total(a), total(b), 0.0, 0.0);`],
    merge: (g) =>
      `${g.declare('vec4', 's', 'vec4(0.0, 0.0, 0.0, 0.0)')} ${g.loop('p', 'first', 'last', `s += ${share(g)};`)} return s;`,
  };
}

/** What {@link sums} adds up. */
interface Sums {
  readonly begin?: (g: Language) => string;
  readonly step: (g: Language, four: Four) => string;
  readonly after?: string;
}

/** The texel of a share of the row. */
export function share(g: Language, p = 'p'): string {
  return g.texel('parts', `row * ${g.argument('chunks')} + ${p}`);
}

/** How many elements share `p` has. */
export function shareSize(g: Language): string {
  return `float(min(${g.argument('chunk')}, ${g.argument('size')} - p * ${g.argument('chunk')}))`;
}

/** Texels of the shares of rows: `chunks` of each row, of `chunk` elements but the last. */
export interface Folded {
  readonly parts: Operand;
  readonly count: number;
  readonly size: number;
  readonly chunk: number;
  readonly chunks: number;
}

/** Elements of a share, while there are few shares. */
const few = 1024;

/** Texels that one thread merges. */
export const fan = 64;

/**
 * Folds every row.
 *
 * @param most - how many texels a row may still have in the result, 1 or {@link fan}
 * @param into - where the texel goes if there is one row
 */
export function foldRows(
  machine: Machine,
  fold: Fold,
  rows: Rows,
  inputs: readonly Operand[],
  { most = 1, floats = [], into }: { readonly most?: number; readonly floats?: readonly number[]; readonly into?: Operand } = {},
): Folded {
  const { count } = rows;
  const size = rows.segments * rows.extent;
  const wanted = Math.max(1, Math.min(Math.ceil(size / few), Math.max(fan, Math.ceil(busyThreads / count))));
  let chunk = Math.max(4, Math.ceil(size / wanted / 4) * 4);
  let chunks = Math.max(1, Math.ceil(size / chunk));
  const place = (): Operand =>
    chunks === 1 && into !== undefined ? into : machine.scratch({ shape: [count, chunks, 4], dtype: 'float32' });
  let parts = place();
  const isRun = rows.stride === 1;
  machine.launch(sharesProgram(fold, isRun), inputs, parts, { ints: [...rowInts(rows), chunk, chunks], floats });
  while (chunks > most) {
    const from = { parts, count, size, chunk, chunks };
    chunk *= fan;
    chunks = Math.ceil(chunks / fan);
    parts = place();
    machine.launch(mergeProgram(fold), [from.parts], parts, { ints: [...mergedInts(from), chunks] });
  }
  return { parts, count, size, chunk, chunks };
}

/** Arguments of {@link rangeNatives}. */
export const rowNames: readonly string[] = ['count', 'inner', 'outer', 'hop', 'extent', 'stride', 'size'];

export function rowInts({ count, inner, outer, segments, hop, extent, stride }: Rows): number[] {
  return [count, inner, outer, hop, Math.max(extent, 1), stride, segments * extent];
}

/** Arguments of {@link mergedNatives}. */
export const mergedNames: readonly string[] = ['count', 'size', 'chunk', 'chunks'];

export function mergedInts({ count, size, chunk, chunks }: Folded): number[] {
  return [count, size, chunk, chunks];
}

/** `folded(row, first, last)`: the texel of elements `first` to `last` of a row. */
export function rangeNatives(g: Language, fold: Fold, isRun: boolean): Native[] {
  const passes = fold.passes.map((step, i) => `${isRun ? alongRun(g, step) : across(g, step)} ${fold.after[i]}`);
  const [inner, outer] = ['inner', 'outer'].map((name) => g.argument(name));
  return [
    ...fold.buffers.flatMap((buffer) => [element(g, buffer), ...(isRun ? [] : [gather(g, buffer)])]),
    masked(g),
    { name: 'total', returns: 'float', parameters: [['v', 'vec4']], body: 'return (v.x + v.y) + (v.z + v.w);' },
    ...(fold.natives?.(g) ?? []),
    {
      name: 'folded',
      returns: 'vec4',
      parameters: [
        ['row', 'int'],
        ['first', 'int'],
        ['last', 'int'],
      ],
      body: `${g.declare('int', 'group', `row / ${inner}`)} ${g.declare('int', 'base', `group * ${outer} + row - group * ${inner}`)}
        ${g.declare('float', 'size', 'float(last - first)')} ${fold.begin(g)} ${passes.join('\n')}`,
    },
  ];
}

/** `merged(row, first, last)`, of the texels in `parts`. */
export function mergedNatives(g: Language, fold: Fold): Native[] {
  const parameters = [
    ['row', 'int'],
    ['first', 'int'],
    ['last', 'int'],
  ] as const;
  return [...(fold.natives?.(g) ?? []), { name: 'merged', returns: 'vec4', parameters, body: fold.merge(g) }];
}

/** A program that makes `[count]` of the shares of each row: `value` of the merged texel `s`. */
export function mergedProgram(fold: Fold, name: string, value: (g: Language) => string): Program {
  return native(`merged rows ${fold.key} ${name}`, ['parts'], mergedNames, (g) => [
    ...mergedNatives(g, fold),
    {
      name: 'one',
      returns: 'float',
      parameters: [['row', 'int']],
      body: `if (row >= ${g.argument('count')}) { return 0.0; }
        ${g.declare('vec4', 's', `merged(row, 0, ${g.argument('chunks')})`)} return ${value(g)};`,
    },
    lanes(g, 'texel', 'one'),
  ]);
}

function sharesProgram(fold: Fold, isRun: boolean): Program {
  const key = `rows ${fold.key} ${isRun}`;
  return native(
    key,
    fold.buffers,
    [...rowNames, 'chunk', 'chunks'],
    (g) => {
      const [count, size, chunk, chunks] = mergedNames.map((name) => g.argument(name));
      const body = `${g.declare('int', 'row', `${g.thread} / ${chunks}`)} if (row >= ${count}) { return vec4(0.0, 0.0, 0.0, 0.0); }
      ${g.declare('int', 'first', `(${g.thread} - row * ${chunks}) * ${chunk}`)} return folded(row, first, min(first + ${chunk}, ${size}));`;
      return [...rangeNatives(g, fold, isRun), { name: 'texel', returns: 'vec4', parameters: [], body }];
    },
    fold.floats,
  );
}

function mergeProgram(fold: Fold): Program {
  return native(`merge rows ${fold.key}`, ['parts'], [...mergedNames, 'groups'], (g) => {
    const [count, chunks, groups] = ['count', 'chunks', 'groups'].map((name) => g.argument(name));
    const body = `${g.declare('int', 'row', `${g.thread} / ${groups}`)} if (row >= ${count}) { return vec4(0.0, 0.0, 0.0, 0.0); }
      ${g.declare('int', 'first', `(${g.thread} - row * ${groups}) * ${fan}`)} return merged(row, first, min(first + ${fan}, ${chunks}));`;
    return [...mergedNatives(g, fold), { name: 'texel', returns: 'vec4', parameters: [], body }];
  });
}

/** Over the texels of each run of neighbours. */
function alongRun(g: Language, step: Fold['passes'][number]): string {
  const [extent, hop] = ['extent', 'hop'].map((name) => g.argument(name));
  const four: Four = {
    of: (buffer) => g.texel(buffer, 't'),
    keep: (value, other) => `masked(${value}, t * 4, start, end, ${other})`,
    at: '(t * 4 - base)',
  };
  const run = `${g.declare('int', 'start', `base + u * ${hop} + max(first - u * ${extent}, 0)`)}
    ${g.declare('int', 'end', `base + u * ${hop} + min(last - u * ${extent}, ${extent})`)}
    ${g.loop('t', 'start >> 2', '((end + 3) >> 2)', step(g, four))}`;
  return g.loop('u', `first / ${extent}`, `(last + ${extent} - 1) / ${extent}`, run);
}

/** Over elements that are `stride` apart. */
function across(g: Language, step: Fold['passes'][number]): string {
  const four: Four = {
    of: (buffer) => `gather${buffer}(base + at * ${g.argument('stride')})`,
    keep: (value, other) => `masked(${value}, at, first, last, ${other})`,
    at: 'at',
  };
  return g.loop('q', 0, '((last - first + 3) >> 2)', `${g.declare('int', 'at', 'first + q * 4')} ${step(g, four)}`);
}

/** `gather<Buffer>(i)`: four elements, `stride` apart. */
function gather(g: Language, buffer: string): Native {
  const elements = [0, 1, 2, 3].map((l) => `at${buffer}(i + ${l} * ${g.argument('stride')})`);
  return { name: `gather${buffer}`, returns: 'vec4', parameters: [['i', 'int']], body: `return vec4(${elements.join(', ')});` };
}

/** `masked(v, at, first, end, other)`: the lanes whose places, from `at` on, are in the range, and `other` for the rest. */
function masked(g: Language): Native {
  return {
    name: 'masked',
    returns: 'vec4',
    parameters: [
      ['v', 'vec4'],
      ['at', 'int'],
      ['first', 'int'],
      ['end', 'int'],
      ['other', 'float'],
    ],
    body: `if (at >= first && at + 4 <= end) { return v; }
      ${g.declare('vec4', 'r', 'v')}
      ${g.loop('l', 0, 4, 'if (at + l < first || at + l >= end) { r[l] = other; }')} return r;`,
  };
}
