import { type Conv2dAttrs, sizeOf } from '@dl/kernels';
import type { Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Machine, Operand } from '../machine.ts';
import { busyThreads } from './busy-threads.ts';
import { native } from './native-program.ts';
import { element, lanes } from './natives.ts';
import { RowWindow } from './row-window.ts';
import { roundUp, withWholeRows } from './whole-rows.ts';

/**
 * A thread computes up to four taps of a row of the kernel, over some of the rows of `dy`: there may be few taps and many rows, so the rows are
 * split until there are enough threads.
 */
export function convolveWeightGrad(machine: Machine, x: Operand, dy: Operand, attrs: Conv2dAttrs, out: Operand): void {
  const { stride, padding, dilation, groups } = attrs;
  const [outputs, inputs, height, width] = out.shape;
  const [wholeX, wholeDy] = [withWholeRows(machine, x), withWholeRows(machine, dy)];
  const wide = roundUp(width);
  const rows = dy.shape[0] * dy.shape[2];
  const threads = (outputs * inputs * height * wide) / 4;
  const share = Math.ceil(rows / Math.min(rows, Math.ceil(busyThreads / threads)));
  const parts = Math.ceil(rows / share);
  const isWhole = parts === 1 && wide === width;
  const sums = isWhole ? out : machine.scratch({ shape: [parts, outputs, inputs, height, wide], dtype: out.dtype });
  machine.launch(partial(Math.min(width, 4), stride[1], dilation[1], padding[1]), [wholeX, wholeDy], sums, {
    ints: [
      ...[outputs, inputs, height, wide / 4, outputs / groups, inputs * groups],
      ...[x.shape[2], wholeX.shape[3] / 4, dy.shape[2], wholeDy.shape[3] / 4],
      ...[stride[0], dilation[0], padding[0], share, rows],
    ],
  });
  if (!isWhole) sumOverParts(machine, sums, parts, width, wide, out);
}

const names = ['o', 'c', 'kh', 'kq', 'og', 'channels', 'h', 'w', 'oh', 'ow', 'stride', 'dilation', 'padding', 'share', 'rows'];

function partial(taps: number, step: number, dilation: number, padding: number): Program {
  return native(`conv2dWeightGrad ${taps} ${step} ${dilation} ${padding}`, ['x', 'dy'], names, (g) => {
    const arg = (name: string) => g.argument(name);
    const split = (quotient: string, rest: string, of: string, by: string) =>
      `${g.declare('int', quotient, `${of} / ${arg(by)}`)} ${g.declare('int', rest, `${of} - ${quotient} * ${arg(by)}`)}`;
    const body = `
      ${split('t0', 'q', g.thread, 'kq')}
      ${split('t1', 'ky', 't0', 'kh')}
      ${split('t2', 'within', 't1', 'c')}
      ${split('part', 'plane', 't2', 'o')}
      ${g.declare('int', 'channel', `plane / ${arg('og')} * ${arg('c')} + within`)}
      ${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')}
      ${g.loop(
        'line',
        `part * ${arg('share')}`,
        `min((part + 1) * ${arg('share')}, ${arg('rows')})`,
        `${split('number', 'oy', 'line', 'oh')}
        ${g.declare('int', 'y', `oy * ${arg('stride')} + ky * ${arg('dilation')} - ${arg('padding')}`)}
        if (y >= 0 && y < ${arg('h')}) {
          ${g.declare('int', 'row', `((number * ${arg('channels')} + channel) * ${arg('h')} + y) * ${arg('w')}`)}
          ${g.declare('int', 'slopes', `((number * ${arg('o')} + plane) * ${arg('oh')} + oy) * ${arg('ow')}`)}
          ${alongRow(g, RowWindow.of(0, taps, step, dilation, -padding), taps, step, dilation)}
        }`,
      )}
      return r;`;
    return [{ name: 'texel', returns: 'vec4', parameters: [], body }];
  });
}

/** Adds the products of a row of `x` and one of `dy`. Texels of `x` that the next texel of `dy` needs as well stay where they are. */
function alongRow(g: Language, window: RowWindow, taps: number, step: number, dilation: number): string {
  const keeps = (texel: number) => window.texels.includes(texel + step);
  const load = (texel: number, base: string) => window.assign(g, texel, 'x', 'row', base, g.argument('w'));
  const locals = window.texels.map(
    (texel) =>
      `${g.declare('vec4', window.local(texel), 'vec4(0.0, 0.0, 0.0, 0.0)')} ${keeps(texel) ? load(texel, `q * ${dilation}`) : ''}`,
  );
  const fresh = window.texels
    .filter((texel) => !keeps(texel))
    .map((texel) => `${window.local(texel)} = vec4(0.0, 0.0, 0.0, 0.0); ${load(texel, 'near')}`);
  const products = Array.from({ length: taps }, (_, t) => `r[${t}] += dot(d, ${window.lanes(t)});`);
  const kept = window.texels.filter(keeps).map((texel) => `${window.local(texel)} = ${window.local(texel + step)};`);
  return `${locals.join('\n')} ${g.loop(
    'col',
    0,
    g.argument('ow'),
    `${g.declare('int', 'near', `col * ${step} + q * ${dilation}`)}
    ${g.declare('vec4', 'd', g.texel('dy', 'slopes + col'))}
    ${fresh.join(' ')} ${products.join(' ')} ${kept.join(' ')}`,
  )}`;
}

/** Sums `parts` tensors, whose rows have `wide` elements of which the first `width` count. */
export function sumOverParts(machine: Machine, sums: Operand, parts: number, width: number, wide: number, out: Operand): void {
  machine.launch(summed, [sums], out, { ints: [parts, sizeOf(sums.shape) / parts, width, wide] });
}

const summed: Program = native('sumOverParts', ['x'], ['parts', 'size', 'width', 'wide'], (g) => {
  const at = `part * ${g.argument('size')} + row * ${g.argument('wide')} + i - row * ${g.argument('width')}`;
  const body = `${g.declare('int', 'row', `i / ${g.argument('width')}`)} ${g.declare('float', 'r', '0.0')}
    ${g.loop('part', 0, g.argument('parts'), `r += atx(${at});`)} return r;`;
  return [element(g, 'x'), { name: 'one', returns: 'float', parameters: [['i', 'int']], body }, lanes(g, 'texel', 'one')];
});
