import { broadcastStrides, sizeOf } from '@dl/kernels';
import type { KernelSource, Native, Program } from '../kernel-source.ts';
import type { Language } from '../language/language.ts';
import type { Machine, Operand } from '../machine.ts';
import { collapse } from './box.ts';
import { element, finiteTest, lanes, nanTest, numbered, ownTexel, specials, walk } from './natives.ts';

/** A function of elements, in gpu.js' JavaScript. It is called `f`; the other functions are what it calls. */
export interface Row {
  /** Names it apart from all others. */
  readonly key: string;
  readonly functions: readonly string[];
}

const letters = ['a', 'b', 'c', 'd'];

/** Fills `out` with what `row` makes of each element of the inputs, which are broadcast to it. */
export function elementwise(
  machine: Machine,
  row: Row,
  inputs: readonly Operand[],
  out: Operand,
  floats: readonly number[] = [],
): void {
  const size = sizeOf(out.shape);
  const stretches = inputs.some(({ shape }) => sizeOf(shape) !== size && sizeOf(shape) !== 1);
  const box = collapse(out.shape, stretches ? inputs.map(({ shape }) => broadcastStrides(shape, out.shape)) : []);
  const ways = inputs.map(({ shape }) =>
    sizeOf(shape) === size ? 'same' : sizeOf(shape) === 1 ? 'one' : `box${box.extents.length}`,
  );
  const ints = stretches ? [...box.extents, ...box.strides.flat()] : [];
  machine.launch(program(row, ways, stretches ? box.extents.length : 0, floats.length), inputs, out, {
    ints,
    floats: [...floats, Number.POSITIVE_INFINITY, Number.NaN],
  });
}

function program(row: Row, ways: readonly string[], rank: number, floats: number): Program {
  return {
    key: `${row.key} ${ways.join(' ')}`,
    source: (g) => {
      const buffers = letters.slice(0, ways.length);
      const parameters = numbered('p', floats);
      const calls = [0, 1, 2, 3].map((l) => `f(${[...buffers.map((buffer) => `v${buffer}[${l}]`), ...parameters].join(', ')})`);
      const source: KernelSource = {
        buffers,
        ints: [...numbered('d', rank), ...buffers.flatMap((buffer) => numbered(`s${buffer}`, rank))],
        floats: [...parameters, 'inf', 'nan'],
        functions: row.functions,
        natives: [nanTest(g), finiteTest(g), ...specials(g), ...ways.flatMap((way, i) => loads(g, way, buffers[i], rank))],
        body: `${buffers.map((buffer) => `const v${buffer} = load${buffer}();`).join(' ')} return [${calls.join(', ')}];`,
      };
      return source;
    },
  };
}

/** `load<buffer>()`: the thread's four elements of a buffer, as it is broadcast. */
function loads(g: Language, way: string, buffer: string, rank: number): Native[] {
  const name = `load${buffer}`;
  if (way === 'same') return [ownTexel(g, name, buffer)];
  if (way === 'one') {
    const body = `${g.declare('vec4', 'v', g.texel(buffer, '0'))} return vec4(v[0], v[0], v[0], v[0]);`;
    return [{ name, returns: 'vec4', parameters: [], body }];
  }
  const body = `${g.declare('int', 'rest', 'i')} ${g.declare('int', 'offset', '0')} ${walk(g, numbered('d', rank), numbered(`s${buffer}`, rank))} return at${buffer}(offset);`;
  const one: Native = { name: `one${buffer}`, returns: 'float', parameters: [['i', 'int']], body };
  return [element(g, buffer), one, lanes(g, name, one.name)];
}
