import type { Native, Program } from '../kernel-source.ts';
import { native } from '../kernels/native-program.ts';
import { ownTexel } from '../kernels/natives.ts';
import type { Language } from '../language/language.ts';
import type { Machine, Operand } from '../machine.ts';
import { type Fold, foldRows, rangeNatives, rowInts, rowNames } from './row-fold.ts';
import type { Rows } from './rows.ts';

/** What is made of each element and the fold of its row. */
export interface OverLines {
  readonly key: string;
  readonly fold: Fold;
  readonly buffers: readonly string[];
  /** Arguments beside those of the fold. */
  readonly floats?: readonly string[];
  /** What the texts below call, if the fold does not. */
  natives?(g: Language): readonly Native[];
  /** Statements that turn the texel `s` of a row into what `value` needs. */
  prepare?(g: Language): string;
  /** The value of an element: `s` is the texel of its row, `v<buffer>` are the elements. */
  readonly value: string;
}

/** Rows of so few elements are folded again by each thread: a launch costs more. */
const short = 16;

/** What every program of a row needs: its texel, made before or on the spot. */
export interface RowTexels {
  readonly isShort: boolean;
  readonly isRun: boolean;
  /** The texels, or what they are made of. */
  readonly inputs: readonly Operand[];
}

/** Folds rows, unless they are so short that each thread does. */
export function rowTexels(
  machine: Machine,
  fold: Fold,
  rows: Rows,
  inputs: readonly Operand[],
  floats: readonly number[],
): RowTexels {
  const isRun = rows.stride === 1;
  if (rows.extent <= short) return { isShort: true, isRun, inputs };
  return { isShort: false, isRun, inputs: [foldRows(machine, fold, rows, inputs, { floats }).parts] };
}

/** `stats(row)`: the prepared texel of a row. The program has buffer `parts`, or the buffers of the fold. */
export function statsNatives(g: Language, fold: Fold, prepare: string, { isShort, isRun }: RowTexels): Native[] {
  const texel = isShort ? `folded(row, 0, ${g.argument('extent')})` : g.texel('parts', 'row');
  const own = isShort ? rangeNatives(g, fold, isRun) : (fold.natives?.(g) ?? []);
  const body = `${g.declare('vec4', 's', texel)} ${prepare} return s;`;
  return [...own, { name: 'stats', returns: 'vec4', parameters: [['row', 'int']], body }];
}

/** Fills `out` with what `what` makes of the elements of `inputs`, which lie in `rows`. */
export function overLines(
  machine: Machine,
  what: OverLines,
  rows: Rows,
  inputs: readonly Operand[],
  out: Operand,
  floats: readonly number[],
  texels: RowTexels = rowTexels(machine, what.fold, rows, folded(what, inputs), floats.slice(0, what.fold.floats?.length ?? 0)),
): void {
  const more = texels.isShort ? [] : texels.inputs;
  machine.launch(linesProgram(what, texels), [...inputs, ...more], out, { ints: rowInts(rows), floats });
}

/** Those of the inputs that the fold reads. */
function folded({ fold, buffers }: OverLines, inputs: readonly Operand[]): Operand[] {
  return fold.buffers.map((buffer) => inputs[buffers.indexOf(buffer)]);
}

function linesProgram(what: OverLines, texels: RowTexels): Program {
  const { key, fold, buffers, floats = [], value } = what;
  const { isShort, isRun } = texels;
  return native(
    `${key} ${isShort} ${isRun}`,
    [...buffers, ...(isShort ? [] : ['parts'])],
    rowNames,
    (g) => [
      ...statsNatives(g, fold, what.prepare?.(g) ?? '', texels),
      ...(what.natives?.(g) ?? []),
      ...buffers.map((buffer) => ownTexel(g, `own${buffer}`, buffer)),
      {
        name: 'texel',
        returns: 'vec4',
        parameters: [],
        body: isRun ? lanesOfRuns(g, buffers, value) : lanesAcross(g, buffers, value),
      },
    ],
    [...(fold.floats ?? []), ...floats],
  );
}

/** Neighbours are of one row, or of the next. */
function lanesOfRuns(g: Language, buffers: readonly string[], value: string): string {
  const extent = g.argument('extent');
  return `${g.declare('int', 'row', `${g.thread} * 4 / ${extent}`)} ${g.declare('int', 'left', `(row + 1) * ${extent} - ${g.thread} * 4`)}
    if (row >= ${g.argument('count')}) { return vec4(0.0, 0.0, 0.0, 0.0); }
    ${begin(g, buffers)} ${g.declare('vec4', 's', 'stats(row)')}
    ${g.loop('l', 0, 4, `if (left == 0) { row++; left = ${extent}; s = stats(row); } left--; ${lane(g, buffers, value)}`)} return r;`;
}

/** Neighbours are of neighbouring rows. */
function lanesAcross(g: Language, buffers: readonly string[], value: string): string {
  const [inner, outer, count] = ['inner', 'outer', 'count'].map((name) => g.argument(name));
  return `if (${g.thread} * 4 >= ${count} * ${g.argument('extent')}) { return vec4(0.0, 0.0, 0.0, 0.0); }
    ${begin(g, buffers)}
    ${g.loop(
      'l',
      0,
      4,
      `${g.declare('int', 'i', `${g.thread} * 4 + l`)} ${g.declare('vec4', 's', `stats(i / ${outer} * ${inner} + i % ${inner})`)} ${lane(g, buffers, value)}`,
    )} return r;`;
}

function begin(g: Language, buffers: readonly string[]): string {
  const own = buffers.map((buffer) => g.declare('vec4', `all${buffer}`, `own${buffer}()`));
  return `${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')} ${own.join(' ')}`;
}

function lane(g: Language, buffers: readonly string[], value: string): string {
  return `${buffers.map((buffer) => g.declare('float', `v${buffer}`, `all${buffer}[l]`)).join(' ')} r[l] = ${value};`;
}
