import { broadcastStrides, sizeOf } from '@dl/kernels';
import type { Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel, Machine, Operand } from '../machine.ts';
import { type Box, collapse } from './box.ts';
import { native } from './native-program.ts';
import { element, lanes, numbered, walk } from './natives.ts';
import { inWholeRows, roundUp, withWholeRows } from './whole-rows.ts';

/** A batch of products: `a` is `[…, m, k]`, `b` `[…, k, n]`, each stored with these axes swapped where it is transposed. */
interface Product {
  readonly a: Operand;
  readonly b: Operand;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  /** The batch, with the strides of `a` and `b` counted in matrices. */
  readonly batch: Box;
}

export const matmul: Kernel<'matmul'> = (machine, inputs, attrs, out) => {
  const product = simplified(productOf(inputs, attrs.transposeA, attrs.transposeB, out));
  if (paysWholeRows(product)) multiplyWholeRows(machine, product, out);
  else multiply(machine, product, out);
};

function productOf([a, b]: readonly Operand[], transposeA: boolean, transposeB: boolean, out: Operand): Product {
  const leading = out.shape.slice(0, -2);
  const [m, n] = out.shape.slice(-2);
  const k = a.shape[a.shape.length - (transposeA ? 2 : 1)];
  const batch = collapse(
    leading,
    [a, b].map(({ shape }) => broadcastStrides(shape.slice(0, -2), leading)),
  );
  return { a, b, transposeA, transposeB, m, n, k, batch };
}

/** The same product with fewer matrices, and with a row rather than a column for a result: a texel is four columns of one row. */
function simplified(product: Product): Product {
  const { a, b, transposeA, transposeB, m, n, k, batch } = product;
  const [[count], [strideA, strideB]] = [batch.extents, batch.strides.map(([stride]) => stride)];
  if (batch.extents.length === 1 && count > 1 && strideA === 1 && strideB === 0 && !transposeA) {
    return simplified({ ...product, m: count * m, batch: collapse([], [[], []]) });
  }
  if (n === 1 && m > 1) {
    const swapped = { extents: batch.extents, strides: [batch.strides[1], batch.strides[0]] };
    return simplified({ a: b, b: a, transposeA: !transposeB, transposeB: !transposeA, m: n, n: m, k, batch: swapped });
  }
  if (m === 1 && transposeA) return simplified({ ...product, a: turned(a), transposeA: false });
  if (n === 1 && !transposeB) return { ...product, b: turned(b), transposeB: true };
  return product;
}

/** Rows of one element as one row. */
function turned(column: Operand): Operand {
  return { ...column, shape: [...column.shape.slice(0, -2), 1, column.shape[column.shape.length - 2]] };
}

/** Where fewer elements of the result need each element, it is not copied to make rows whole. */
const reuse = 16;

function paysWholeRows({ transposeA, transposeB, m, n, k }: Product): boolean {
  const isBroken = n % 4 !== 0 || (transposeB && !transposeA && k % 4 !== 0);
  return isBroken && Math.min(m, k) >= reuse && (n >= reuse || !transposeB);
}

/** Copies operands with rows of broken texels, of which the sum over `k` or the columns take four elements at once. */
function multiplyWholeRows(machine: Machine, product: Product, out: Operand): void {
  const { a, b, transposeA, transposeB, n, k } = product;
  const alongBoth = transposeB && !transposeA;
  const wholeA = alongBoth ? withWholeRows(machine, a) : a;
  const wholeB = alongBoth || !transposeB ? withWholeRows(machine, b) : b;
  inWholeRows(machine, out, (whole) => {
    const widened = { n: roundUp(n), k: alongBoth ? roundUp(k) : k };
    multiply(machine, { ...product, a: wholeA, b: wholeB, ...widened }, whole);
  });
}

/** Four elements a thread. Where rows of the result are whole texels, an element of `a` serves all four. */
function multiply(machine: Machine, { a, b, transposeA, transposeB, m, n, k, batch }: Product, out: Operand): void {
  const [widthA, widthB] = [a.shape[a.shape.length - 1], b.shape[b.shape.length - 1]];
  const [sizeA, sizeB] = [sizeOf(a.shape.slice(-2)), sizeOf(b.shape.slice(-2))];
  const form: Form = {
    transposeA,
    transposeB,
    rank: batch.extents.length,
    wholeRows: n % 4 === 0,
    wholeSteps: k % 4 === 0 && !(transposeA && !transposeB),
  };
  const [stridesA, stridesB] = batch.strides;
  machine.launch(program(form), [a, b], out, {
    ints: [m, n, k, widthA, widthB, ...batch.extents, ...stridesA.map((s) => s * sizeA), ...stridesB.map((s) => s * sizeB)],
  });
}

interface Form {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  readonly rank: number;
  /** Whether four columns of a row of the result are a texel. */
  readonly wholeRows: boolean;
  /** Whether the sum takes four terms at once, which are a texel of `a` or of `b`. */
  readonly wholeSteps: boolean;
}

function program(form: Form): Program {
  const { rank } = form;
  const ints = ['m', 'n', 'k', 'wa', 'wb', ...numbered('d', rank), ...numbered('s', rank), ...numbered('t', rank)];
  return native(`matmul ${Object.values(form).join(' ')}`, ['a', 'b'], ints, (g) => {
    const starts = [start(g, 'starta', rank, 's'), start(g, 'startb', rank, 't')];
    const elements = [element(g, 'a'), element(g, 'b')];
    if (form.wholeRows) {
      return [...elements, ...starts, { name: 'texel', returns: 'vec4', parameters: [], body: fourColumns(g, form) }];
    }
    const one = { name: 'one', returns: 'float', parameters: [['i', 'int']], body: oneElement(g, form) } as const;
    return [...elements, ...starts, one, lanes(g, 'texel', 'one')];
  });
}

/** `<name>(rest)`: where matrix `rest` of the batch begins. */
function start(g: Language, name: string, rank: number, strides: string) {
  const body = `${g.declare('int', 'rest', 'which')} ${g.declare('int', 'offset', '0')}
    ${walk(g, numbered('d', rank), numbered(strides, rank))} return offset;`;
  return { name, returns: 'int', parameters: [['which', 'int']], body } as const;
}

/** Declares the place `i` in the result as `column`, `row` and `which` matrix, and where the operands' terms begin, `pa` and `pb`. */
function begin(g: Language, { transposeA, transposeB }: Form, index: string): string {
  return `${g.declare('int', 'place', index)}
    ${g.declare('int', 'line', `place / ${g.argument('n')}`)}
    ${g.declare('int', 'column', `place - line * ${g.argument('n')}`)}
    ${g.declare('int', 'which', `line / ${g.argument('m')}`)}
    ${g.declare('int', 'row', `line - which * ${g.argument('m')}`)}
    ${g.declare('int', 'pa', `starta(which) + row${transposeA ? '' : ` * ${g.argument('wa')}`}`)}
    ${g.declare('int', 'pb', `startb(which) + column${transposeB ? ` * ${g.argument('wb')}` : ''}`)}`;
}

/** Elements `start + (4 step + j) * stride` for the four j. */
function four(at: string, start: string, stride: string): string {
  return `vec4(${[0, 1, 2, 3].map((j) => `${at}(${start} + (step * 4 + ${j}) * ${stride})`).join(', ')})`;
}

function fourColumns(g: Language, form: Form): string {
  const { transposeA, transposeB, wholeSteps } = form;
  const [wa, wb, steps] = [g.argument('wa'), g.argument('wb'), g.argument('k')];
  const text = `${begin(g, form, `${g.thread} * 4`)} ${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')}`;
  if (wholeSteps) {
    const terms = g.declare('vec4', 'a', transposeA ? four('ata', 'pa', wa) : g.texel('a', '(pa >> 2) + step'));
    const column = (l: number) => `dot(a, ${g.texel('b', `((pb + ${l} * ${wb}) >> 2) + step`)})`;
    const row = (j: number) => `r += a[${j}] * ${g.texel('b', `(pb + (step * 4 + ${j}) * ${wb}) >> 2`)};`;
    const sum = transposeB ? `r += vec4(${[0, 1, 2, 3].map(column).join(', ')});` : [0, 1, 2, 3].map(row).join(' ');
    return `${text} ${g.loop('step', 0, `${steps} / 4`, `${terms} ${sum}`)} return r;`;
  }
  const a = `ata(pa + step${transposeA ? ` * ${wa}` : ''})`;
  const columns = [0, 1, 2, 3].map((l) => `atb(pb + ${l} * ${wb} + step)`);
  const b = transposeB ? `vec4(${columns.join(', ')})` : g.texel('b', `(pb + step * ${wb}) >> 2`);
  return `${text} ${g.loop('step', 0, steps, `r += ${a} * ${b};`)} return r;`;
}

function oneElement(g: Language, form: Form): string {
  const { transposeA, transposeB, wholeSteps } = form;
  const [wa, wb, steps] = [g.argument('wa'), g.argument('wb'), g.argument('k')];
  const text = `${begin(g, form, 'i')} ${g.declare('float', 'r', '0.0')}`;
  if (wholeSteps) {
    const a = transposeA ? four('ata', 'pa', wa) : g.texel('a', '(pa >> 2) + step');
    const b = transposeB ? g.texel('b', '(pb >> 2) + step') : four('atb', 'pb', wb);
    return `${text} ${g.loop('step', 0, `${steps} / 4`, `r += dot(${a}, ${b});`)} return r;`;
  }
  const a = `ata(pa + step${transposeA ? ` * ${wa}` : ''})`;
  const b = `atb(pb + step${transposeB ? '' : ` * ${wb}`})`;
  return `${text} ${g.loop('step', 0, steps, `r += ${a} * ${b};`)} return r;`;
}
