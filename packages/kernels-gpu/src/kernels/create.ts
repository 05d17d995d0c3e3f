import type { Program } from '../kernel-source.ts';
import type { Kernel } from '../machine.ts';

const filled: Program = {
  key: 'fill',
  source: () => ({ buffers: [], floats: ['value'], natives: [], body: 'return [value, value, value, value];' }),
};

export const fill: Kernel<'fill'> = (machine, _, { value }, out) => machine.launch(filled, [], out, { floats: [value] });

const counted: Program = {
  key: 'iota',
  source: (g) => ({
    buffers: [],
    floats: ['start', 'step'],
    natives: [{ name: 'first', returns: 'float', parameters: [], body: `return float(${g.thread} * 4);` }],
    body: 'const i = first(); return [start + i * step, start + (i + 1) * step, start + (i + 2) * step, start + (i + 3) * step];',
  }),
};

export const iota: Kernel<'iota'> = (machine, _, { start, step }, out) =>
  machine.launch(counted, [], out, { floats: [start, step] });
