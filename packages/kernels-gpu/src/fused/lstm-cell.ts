import type { Native, Program } from '../kernel-source.ts';
import { element, finiteTest, nanTest, ownTexel } from '../kernels/natives.ts';
import { unaryFunctions } from '../kernels/unary.ts';
import type { Language } from '../language/language.ts';
import type { FusedKernel, Machine, Operand } from '../machine.ts';

const activations = unaryFunctions({ sigmoid: 'sigmoidOf', tanh: 'tanhOf' });

/** A program over the states `[n, h]`, or over the gates `[n, 4 h]`. */
interface CellProgram {
  readonly over: 'states' | 'gates';
  /** The buffer of gates, and which quarters of it are read: input, forget, candidate, output. */
  readonly gates: string;
  readonly quarters: readonly number[];
  /** Buffers of states. */
  readonly states: readonly string[];
  /** What makes an element of those of its unit, in this order, and over the gates of the number of its quarter. */
  readonly functions: readonly string[];
}

function launch(machine: Machine, what: CellProgram, inputs: readonly Operand[], out: Operand): void {
  const width = out.shape[1] / (what.over === 'gates' ? 4 : 1);
  machine.launch(cellProgram(what, width % 4 === 0), inputs, out, { ints: [width] });
}

/** `isWhole` says that the units of a thread have their values in one texel. */
function cellProgram({ over, gates, quarters: read, states, functions }: CellProgram, isWhole: boolean): Program {
  const name = /^function (\w+)/.exec(functions[0])?.[1] ?? '';
  const loads = [
    ...read.map((quarter) => `gate${quarter}`),
    ...states.map((state) => `state${state}`),
    ...(over === 'gates' ? ['quarters'] : []),
  ];
  const calls = [0, 1, 2, 3].map((l) => `${name}(${loads.map((load) => `v${load}[${l}]`).join(', ')})`);
  return {
    key: `lstm ${name} ${isWhole}`,
    source: (g) => ({
      buffers: [gates, ...states],
      ints: ['width'],
      functions,
      natives: [
        nanTest(g),
        finiteTest(g),
        ...[gates, ...states].map((buffer) => element(g, buffer)),
        ...places(g, over),
        ...read.map((quarter) => four(g, `gate${quarter}`, gates, (i) => `gateAt(${i}, ${quarter})`, isWhole)),
        ...states.map((state) => four(g, `state${state}`, state, (i) => `stateAt(${i})`, isWhole)),
      ],
      body: `${loads.map((load) => `const v${load} = ${load}();`).join(' ')} return [${calls.join(', ')}];`,
    }),
  };
}

/** `gateAt(i, quarter)` and `stateAt(i)`: where the unit of element `i` has its gates and its state. */
function places(g: Language, over: CellProgram['over']): Native[] {
  const width = g.argument('width');
  const row = g.declare('int', 'row', `i / ${over === 'gates' ? `(4 * ${width})` : width}`);
  const unit = g.declare('int', 'unit', over === 'gates' ? `i % ${width}` : `i - row * ${width}`);
  return [
    {
      name: 'gateAt',
      returns: 'int',
      parameters: [
        ['i', 'int'],
        ['quarter', 'int'],
      ],
      body: `${row} ${unit} return (row * 4 + quarter) * ${width} + unit;`,
    },
    { name: 'stateAt', returns: 'int', parameters: [['i', 'int']], body: `${row} ${unit} return row * ${width} + unit;` },
    quarters(g),
  ];
}

/** `quarters()`: of which quarter the thread's elements are, if it runs over gates. */
function quarters(g: Language): Native {
  const quarter = (l: number) => `float((${g.thread} * 4 + ${l}) / ${g.argument('width')} % 4)`;
  return { name: 'quarters', returns: 'vec4', parameters: [], body: `return vec4(${[0, 1, 2, 3].map(quarter).join(', ')});` };
}

/** `<name>()`: the values of a buffer at the places of the thread's elements. */
function four(g: Language, name: string, buffer: string, at: (i: string) => string, isWhole: boolean): Native {
  const values = [0, 1, 2, 3].map((l) => `at${buffer}(${at(`${g.thread} * 4 + ${l}`)})`);
  const value = isWhole ? g.texel(buffer, `${at(`${g.thread} * 4`)} >> 2`) : `vec4(${values.join(', ')})`;
  return { name, returns: 'vec4', parameters: [], body: `return ${value};` };
}

const activated: Program = {
  key: 'lstm activated',
  source: (g) => ({
    buffers: ['gates'],
    ints: ['width'],
    functions: [
      'function activated(x, quarter) { if (quarter === 2) { return tanhOf(x); } return sigmoidOf(x); }',
      ...activations,
    ],
    natives: [nanTest(g), finiteTest(g), ownTexel(g, 'own', 'gates'), quarters(g)],
    body: `const v = own(); const k = quarters();
      return [activated(v[0], k[0]), activated(v[1], k[1]), activated(v[2], k[2]), activated(v[3], k[3])];`,
  }),
};

const nextState: CellProgram = {
  over: 'states',
  gates: 'active',
  quarters: [0, 1, 2],
  states: ['c'],
  functions: ['function nextState(i, f, g, c) { return f * c + i * g; }'],
};

const hidden: CellProgram = {
  over: 'states',
  gates: 'active',
  quarters: [3],
  states: ['c'],
  functions: ['function hidden(o, c) { return o * tanhOf(c); }', ...activations],
};

export const lstmCell: FusedKernel<'lstmCell'> = (machine, [gates, c], _, [nextH, nextC, active]) => {
  machine.launch(activated, [gates], active, { ints: [c.shape[1]] });
  launch(machine, nextState, [active, c], nextC);
  launch(machine, hidden, [active, nextC], nextH);
};

/** The gradient by the next state, of whose tanh `t` is. */
const stateSlope = 'function stateSlope(o, t, dh, dc) { return dh * o * (1 - t * t) + dc; }';

const gateSlopes: CellProgram = {
  over: 'gates',
  gates: 'active',
  quarters: [0, 1, 2, 3],
  states: ['c', 'nextC', 'dh', 'dc'],
  functions: [
    `function gateSlope(i, f, g, o, c, nextC, dh, dc, quarter) {
      const t = tanhOf(nextC);
      if (quarter === 3) { return dh * t * o * (1 - o); }
      const slope = stateSlope(o, t, dh, dc);
      if (quarter === 0) { return slope * g * i * (1 - i); }
      if (quarter === 1) { return slope * c * f * (1 - f); }
      return slope * i * (1 - g * g);
    }`,
    stateSlope,
    ...activations,
  ],
};

const lastSlope: CellProgram = {
  over: 'states',
  gates: 'active',
  quarters: [1, 3],
  states: ['nextC', 'dh', 'dc'],
  functions: [
    'function lastSlope(f, o, nextC, dh, dc) { return stateSlope(o, tanhOf(nextC), dh, dc) * f; }',
    stateSlope,
    ...activations,
  ],
};

export const lstmCellGrad: FusedKernel<'lstmCellGrad'> = (machine, [active, c, nextC, dh, dc], _, [dgates, dlast]) => {
  launch(machine, gateSlopes, [active, c, nextC, dh, dc], dgates);
  launch(machine, lastSlope, [active, nextC, dh, dc], dlast);
};
