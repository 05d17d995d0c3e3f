import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel } from '../machine.ts';
import { aroundAxis } from './around-axis.ts';
import { native } from './native-program.ts';
import { element, lanes } from './natives.ts';

/** Terms that a pass sums, by which the reach of a sum grows. */
const terms = 8;

/**
 * Passes of Hillis and Steele, with eight terms instead of two: after each, an element is the sum of eight times as many neighbours.
 *
 * @see Hillis & Steele, 1986, Data parallel algorithms
 */
export const cumulativeSum: Kernel<'cumulativeSum'> = (machine, [x], { axis, exclusive, reverse }, out) => {
  const [, extent, inner] = aroundAxis(x.shape, axis);
  const line = extent * inner;
  let source = x;
  for (let reach = 1; reach === 1 || reach < extent; reach *= terms) {
    const result = reach * terms >= extent ? out : machine.scratch(out);
    const shift = reach * inner;
    const isWhole = line % 4 === 0 && shift % 4 === 0;
    const first = exclusive && reach === 1 ? 1 : 0;
    machine.launch(step(isWhole, reverse), [source], result, { ints: [line, shift, first] });
    source = result;
  }
};

/** Adds to each element those `shift`, 2 `shift` … elements before it in its line; behind it with `reverse`. */
function step(isWhole: boolean, reverse: boolean): Program {
  return native(
    `cumulativeSum ${isWhole ? 'texels' : 'elements'} ${reverse ? 'reverse' : 'forward'}`,
    ['x'],
    ['line', 'shift', 'first'],
    (g) =>
      isWhole
        ? [{ name: 'texel', returns: 'vec4', parameters: [], body: sum(g, reverse, true) }]
        : [element(g, 'x'), single(sum(g, reverse, false)), lanes(g, 'texel', 'one')],
  );
}

function single(body: string): Native {
  return { name: 'one', returns: 'float', parameters: [['i', 'int']], body };
}

function sum(g: Language, reverse: boolean, isWhole: boolean): string {
  const [line, shift, first] = ['line', 'shift', 'first'].map((name) => g.argument(name));
  const before = `i - (i / ${line}) * ${line}`;
  const at = `i ${reverse ? '+' : '-'} m * ${shift}`;
  const room = reverse ? `${line} - 1 - (${before})` : before;
  return `${isWhole ? `${g.declare('int', 'i', `${g.thread} * 4`)} ${g.declare('vec4', 'r', 'vec4(0.0, 0.0, 0.0, 0.0)')}` : g.declare('float', 'r', '0.0')}
    ${g.declare('int', 'end', `min((${room}) / ${shift} + 1, ${first} + ${terms})`)}
    ${g.loop('m', first, 'end', `r = r + ${isWhole ? g.texel('x', `(${at}) >> 2`) : `atx(${at})`};`)}
    return r;`;
}
