import { sizeOf } from '@dl/kernels';
import { dtypeCodes } from '../codes.ts';
import type { Kernel } from '../machine.ts';

export const cast: Kernel<'cast'> = ({ wasm }, inputs, at, _, out, to) => {
  wasm.cast(dtypeCodes[inputs[0].dtype], dtypeCodes[out.dtype], at[0], to, sizeOf(out.shape));
};
