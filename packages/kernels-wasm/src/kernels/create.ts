import { sizeOf } from '@dl/kernels';
import type { Kernel } from '../machine.ts';
import { fillElements } from './fill-elements.ts';

export const fill: Kernel<'fill'> = (machine, _inputs, _at, { value }, out, to) => {
  fillElements(machine, out.dtype, to, sizeOf(out.shape), value);
};

export const iota: Kernel<'iota'> = ({ wasm }, _inputs, _at, { start, step }, out, to) => {
  const n = sizeOf(out.shape);
  if (out.dtype === 'float32') wasm.iotaFloat(start, step, to, n);
  else wasm.iotaInt(start, step, to, n);
};

export const randomBits: Kernel<'randomBits'> = ({ wasm }, _inputs, _at, { key, counter }, out, to) => {
  const high = Math.floor(counter / 2 ** 32);
  wasm.randomBits(out.dtype === 'float32', key[0], key[1], counter >>> 0, high, to, sizeOf(out.shape));
};
