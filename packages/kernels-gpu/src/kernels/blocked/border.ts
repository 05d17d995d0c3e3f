import type { Pair } from '@dl/kernels';
import type { Program } from '../../kernel-source.ts';
import type { Machine, Operand } from '../../machine.ts';
import { native } from '../native-program.ts';
import { element } from '../natives.ts';
import { roundUp } from '../whole-rows.ts';

/**
 * Images `[n, c, …extents]` with rows of whole texels: zeros before, `step - 1` zeros between neighbours, and zeros behind. As `pad`, which
 * finds the place of each element; here a texel has one row.
 */
export function bordered(machine: Machine, x: Operand, before: Pair, step: Pair, [height, width]: Pair): Operand {
  const [images, channels, ...own] = x.shape;
  const shape = [images, channels, height, roundUp(width)];
  const isPlain = [...before, step[0] - 1, step[1] - 1].every((extent) => extent === 0);
  if (isPlain && shape[2] === own[0] && shape[3] === own[1]) return x;
  const whole = machine.scratch({ shape, dtype: x.dtype });
  machine.launch(border(step[1] > 1), [x], whole, { ints: [shape[3] / 4, height, ...before, ...step, ...own] });
  return whole;
}

function border(isSpread: boolean): Program {
  const ints = ['wide', 'tall', 'top', 'left', 'stepY', 'stepX', 'height', 'width'];
  return native(`border ${isSpread}`, ['x'], ints, (g) => {
    const [wide, tall, top, left, stepY, stepX, height, width] = ints.map((name) => g.argument(name));
    const place = isSpread ? `c / ${stepX}` : 'c';
    const column = `${g.declare('int', 'c', 'first + l')} ${g.declare('int', 'j', place)}
      if (c >= 0 && j < ${width}${isSpread ? ` && j * ${stepX} == c` : ''}) { r[l] = atx(start + j); }`;
    const body = `${g.declare('int', 'line', `${g.thread} / ${wide}`)} ${g.declare('int', 'plane', `line / ${tall}`)}
      ${g.declare('int', 'y', `line - plane * ${tall} - ${top}`)} ${g.declare('int', 'i', `y / ${stepY}`)}
      ${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')}
      if (y < 0 || i * ${stepY} != y || i >= ${height}) { return r; }
      ${g.declare('int', 'start', `(plane * ${height} + i) * ${width}`)}
      ${g.declare('int', 'first', `(${g.thread} - line * ${wide}) * 4 - ${left}`)}
      ${g.loop('l', 0, 4, column)} return r;`;
    return [element(g, 'x'), { name: 'texel', returns: 'vec4', parameters: [], body }];
  });
}
