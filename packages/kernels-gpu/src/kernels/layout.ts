import { sizeOf, stridesOf } from '@dl/kernels';
import type { Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Kernel, Machine, Operand } from '../machine.ts';
import { aroundAxis } from './around-axis.ts';
import { collapse } from './box.ts';
import { native } from './native-program.ts';
import { element, lanes, numbered, walk } from './natives.ts';

export const copyStrided: Kernel<'copyStrided'> = (machine, [x], { offset, strides }, out) => {
  const box = collapse(out.shape, [strides]);
  const rank = box.extents.length;
  const isTexels =
    box.strides[0][rank - 1] === 1 && [offset, box.extents[rank - 1], ...box.strides[0].slice(0, -1)].every((n) => n % 4 === 0);
  machine.launch(isTexels ? copyTexels(rank) : copyElements(rank), [x], out, {
    ints: [offset, ...box.extents, ...box.strides[0]],
  });
};

/** Where the innermost loop runs over whole texels. */
function copyTexels(rank: number): Program {
  return native(`copyTexels ${rank}`, ['x'], ['start', ...numbered('d', rank), ...numbered('s', rank)], (g) => [
    {
      name: 'texel',
      returns: 'vec4',
      parameters: [],
      body: `${begin(g, `${g.thread} * 4`, 'start')} ${walk(g, numbered('d', rank), numbered('s', rank))} return ${g.texel('x', 'offset >> 2')};`,
    },
  ]);
}

function copyElements(rank: number): Program {
  return native(`copyElements ${rank}`, ['x'], ['start', ...numbered('d', rank), ...numbered('s', rank)], (g) => [
    element(g, 'x'),
    one(`${begin(g, 'i', 'start')} ${walk(g, numbered('d', rank), numbered('s', rank))} return atx(offset);`),
    lanes(g, 'texel', 'one'),
  ]);
}

export const pad: Kernel<'pad'> = (machine, [x], { before, step, value }, out) => {
  const rank = Math.max(out.shape.length, 1);
  const filled = (numbers: readonly number[], scalar: number) => (out.shape.length === 0 ? [scalar] : numbers);
  const ints = [
    ...filled(out.shape, 1),
    ...filled(before, 0),
    ...filled(step, 1),
    ...filled(x.shape, 1),
    ...filled(stridesOf(x.shape), 1),
  ];
  machine.launch(padded(rank), [x], out, { ints, floats: [value] });
};

function padded(rank: number): Program {
  const names = ['d', 'b', 'p', 'e', 's'].flatMap((prefix) => numbered(prefix, rank));
  const axis = (g: Language, a: number): string => {
    const [extent, before, step, own, stride] = ['d', 'b', 'p', 'e', 's'].map((prefix) => g.argument(`${prefix}${a}`));
    const next = a === 0 ? '0' : `rest / ${extent}`;
    return `${g.declare('int', `q${a}`, next)} ${g.declare('int', `c${a}`, `rest - q${a} * ${extent} - ${before}`)}
      ${g.declare('int', `m${a}`, `c${a} / ${step}`)}
      if (c${a} < 0 || m${a} * ${step} != c${a} || m${a} >= ${own}) { return ${g.argument('value')}; }
      offset += m${a} * ${stride}; rest = q${a};`;
  };
  const loops = (g: Language) => numbered('', rank).map((_, i) => axis(g, rank - 1 - i));
  return native(
    `pad ${rank}`,
    ['x'],
    names,
    (g) => [element(g, 'x'), one(`${begin(g, 'i')} ${loops(g).join('\n')} return atx(offset);`), lanes(g, 'texel', 'one')],
    ['value'],
  );
}

/** Inputs that one program joins; more are joined in groups. */
const joined = 6;

export const concat: Kernel<'concat'> = (machine, inputs, { axis }, out) => {
  const parts = inputs.filter(({ shape }) => sizeOf(shape) > 0);
  join(machine, parts, axis, out);
};

function join(machine: Machine, inputs: readonly Operand[], axis: number, out: Operand): void {
  if (inputs.length > joined) {
    const groups: Operand[] = [];
    for (let i = 0; i < inputs.length; i += joined) {
      const group = inputs.slice(i, i + joined);
      const extent = group.reduce((sum, { shape }) => sum + shape[axis], 0);
      const part = machine.scratch({ shape: out.shape.with(axis, extent), dtype: out.dtype });
      join(machine, group, axis, part);
      groups.push(part);
    }
    join(machine, groups, axis, out);
    return;
  }
  const [, extent, inner] = aroundAxis(out.shape, axis);
  const widths = inputs.map(({ shape }) => shape[axis] * inner);
  machine.launch(concatenated(inputs.length), inputs, out, { ints: [extent * inner, ...widths] });
}

function concatenated(count: number): Program {
  const buffers = numbered('x', count);
  const part = (g: Language, i: number): string => {
    const width = g.argument(`w${i}`);
    const value = `return at${buffers[i]}(row * ${width} + at);`;
    return i === count - 1 ? value : `if (at < ${width}) { ${value} } at -= ${width};`;
  };
  return native(`concat ${count}`, buffers, ['row', ...numbered('w', count)], (g) => [
    ...buffers.map((buffer) => element(g, buffer)),
    one(
      `${g.declare('int', 'row', `i / ${g.argument('row')}`)} ${g.declare('int', 'at', `i - row * ${g.argument('row')}`)}
      ${buffers.map((_, i) => part(g, i)).join(' ')}`,
    ),
    lanes(g, 'texel', 'one'),
  ]);
}

/** `one(i)`: the value of element `i`. */
function one(body: string): Native {
  return { name: 'one', returns: 'float', parameters: [['i', 'int']], body };
}

/** Declares what `walk` works on. */
function begin(g: Language, index: string, start?: string): string {
  return `${g.declare('int', 'rest', index)} ${g.declare('int', 'offset', start === undefined ? '0' : g.argument(start))}`;
}
