import type { Pair, Shape } from '@dl/kernels';
import type { Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Machine, Operand } from '../machine.ts';
import { native } from './native-program.ts';
import { RowWindow } from './row-window.ts';
import { inWholeRows, withWholeRows } from './whole-rows.ts';

/**
 * What a convolution and its input gradient have in common: each element of a plane of the result is a sum over planes of `x`, and over the
 * taps of the kernel that pairs them.
 */
export interface Correlation {
  /** Planes of `x` and of the result, a group. */
  readonly planes: Pair;
  readonly groups: number;
  /** Rows of the kernel. */
  readonly height: number;
  /** Columns of the kernel. */
  readonly width: number;
  /** From a row of the result to the next, in rows of `x`; from one of `x` to the next, in rows of the result. One of them is 1. */
  readonly rowSteps: Pair;
  readonly columnStep: number;
  /** Distance of the taps, negative where they run against the image. */
  readonly dilation: Pair;
  /** The row and the column of the first tap for the result's first element. */
  readonly shift: Pair;
  /** Whether the kernel is stored with the planes of `x` before those of the result. */
  readonly transposed: boolean;
}

/** Kernels with more columns take them in groups of four, so that the program does not grow with them. */
const unrolled = 8;

/** Fills `out`, whose columns are as many as those of `x` allow. */
export function correlate(machine: Machine, x: Operand, kernel: Operand, how: Correlation, out: Operand): void {
  const whole = withWholeRows(machine, x);
  const taps = withWholeRows(machine, kernel);
  const { planes, groups, height, width, rowSteps, columnStep, dilation, shift, transposed } = how;
  inWholeRows(machine, out, (result) => {
    const ints = [...texels(result.shape), ...texels(whole.shape), ...planes, groups, height, Math.floor(width / 4)];
    machine.launch(program(width, columnStep, dilation[1], shift[1], transposed), [whole, taps], result, {
      ints: [...ints, ...rowSteps, dilation[0], shift[0]],
    });
  });
}

/** Height of an image, and texels of a row. */
function texels(shape: Shape): number[] {
  return [shape[2], shape[3] / 4];
}

const names = ['oh', 'ow', 'h', 'w', 'inner', 'outer', 'groups', 'kh', 'kq', 'step', 'unstep', 'dilation', 'shift'];

function program(width: number, step: number, dilation: number, shift: number, transposed: boolean): Program {
  const columns = width > unrolled ? `long ${width % 4}` : width;
  return native(`correlate ${columns} ${step} ${dilation} ${shift} ${transposed}`, ['x', 'kernel'], names, (g) => {
    const arg = (name: string) => g.argument(name);
    const pair = transposed
      ? `((group * ${arg('inner')} + c) * ${arg('outer')} + plane - group * ${arg('outer')})`
      : `(plane * ${arg('inner')} + c)`;
    const kernelTexels = width > unrolled ? `(${arg('kq')}${width % 4 === 0 ? '' : ' + 1'})` : Math.ceil(width / 4);
    const body = `
      ${g.declare('int', 'line', `${g.thread} / ${arg('ow')}`)}
      ${g.declare('int', 'base', `(${g.thread} - line * ${arg('ow')}) * ${step}`)}
      ${g.declare('int', 'map', `line / ${arg('oh')}`)}
      ${g.declare('int', 'top', `(line - map * ${arg('oh')}) * ${arg('step')} + ${arg('shift')}`)}
      ${g.declare('int', 'planes', `${arg('outer')} * ${arg('groups')}`)}
      ${g.declare('int', 'number', `map / planes`)}
      ${g.declare('int', 'plane', `map - number * planes`)}
      ${g.declare('int', 'group', `plane / ${arg('outer')}`)}
      ${g.declare('int', 'first', `(number * ${arg('groups')} + group) * ${arg('inner')}`)}
      ${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')}
      ${g.loop(
        'c',
        0,
        arg('inner'),
        `${g.declare('int', 'rows', `${pair} * ${arg('kh')}`)}
        ${g.loop(
          'ky',
          0,
          arg('kh'),
          `${g.declare('int', 'y', `top + ky * ${arg('dilation')}`)}
          if (y >= 0) {
            ${g.declare('int', 'z', `y / ${arg('unstep')}`)}
            if (z * ${arg('unstep')} == y && z < ${arg('h')}) {
              ${g.declare('int', 'row', `((first + c) * ${arg('h')} + z) * ${arg('w')}`)}
              ${g.declare('int', 'at', `(rows + ky) * ${kernelTexels}`)}
              ${alongRow(g, width, (from, to) => RowWindow.of(from, to, step, dilation, shift), dilation)}
            }
          }`,
        )}`,
      )}
      return r;`;
    return [{ name: 'texel', returns: 'vec4', parameters: [], body }];
  });
}

/** Adds the products of a row of the kernel, which begins at texel `at`. */
function alongRow(g: Language, width: number, windowOf: (from: number, to: number) => RowWindow, dilation: number): string {
  if (width <= unrolled) return products(g, windowOf(0, width), width, 'at', 'base');
  const rest = width % 4;
  const q = g.argument('kq');
  const groups = g.loop('q', 0, q, products(g, windowOf(0, 4), 4, 'at + q', `base + q * ${dilation}`));
  return rest === 0 ? groups : `${groups} ${products(g, windowOf(0, rest), rest, `at + ${q}`, `base + ${q} * ${dilation}`)}`;
}

function products(g: Language, window: RowWindow, taps: number, at: string, base: string): string {
  const kernel = Array.from({ length: Math.ceil(taps / 4) }, (_, i) =>
    g.declare('vec4', `k${i}`, g.texel('kernel', `${at} + ${i}`)),
  );
  const sums = Array.from({ length: taps }, (_, t) => `r += k${t >> 2}[${t & 3}] * ${window.lanes(t)};`);
  return `${g.declare('int', 'near', base)}
    ${kernel.join(' ')}
    ${window.load(g, 'x', 'row', 'near', g.argument('w'))}
    ${sums.join(' ')}`;
}
