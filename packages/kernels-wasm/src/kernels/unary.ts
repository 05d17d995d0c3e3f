import { BackendError, sizeOf, type UnaryFn } from '@dl/kernels';
import { unaryCodes } from '../codes.ts';
import type { Kernel } from '../machine.ts';
import { stretch } from './stretch.ts';

const intRows: ReadonlySet<UnaryFn> = new Set(['neg', 'abs', 'sign', 'square', 'relu']);
const tests: ReadonlySet<UnaryFn> = new Set(['isNan', 'isFinite', 'logicalNot']);

export const unary: Kernel<'unary'> = (machine, inputs, at, { fn }, out, to) => {
  const { wasm } = machine;
  const input = inputs[0];
  const n = sizeOf(out.shape);
  const from = stretch(machine, input, at[0], out.shape);
  if (input.dtype === 'float32') {
    if (tests.has(fn)) wasm.testFloat(unaryCodes[fn], from, to, n);
    else wasm.unaryFloat(unaryCodes[fn], from, to, n);
  } else if (fn === 'logicalNot') {
    if (input.dtype === 'int32') wasm.notInt(from, to, n);
    else wasm.notByte(from, to, n);
  } else if (input.dtype === 'int32' && intRows.has(fn)) {
    wasm.unaryInt(unaryCodes[fn], from, to, n);
  } else {
    throw new BackendError(`unary ${fn}`, `dtype must be a float, got ${input.dtype} (cast the input first)`);
  }
};
